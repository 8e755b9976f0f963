// Says at once that a chosen file is too large, before it travels: <p data-largest-file="20971520" role="alert">.
// The server decides again; this only saves the person the way and what is typed beside the file.

export function watchFiles(line) {
  const form = line.closest("form");
  const largest = Number(line.dataset.largestFile);
  const isTooLarge = () => [...form.querySelectorAll('input[type="file"]')].some((field) => [...field.files].some((file) => file.size > largest));
  const tell = () => { line.textContent = isTooLarge() ? line.dataset.tooLarge : ""; };
  form.addEventListener("change", (event) => { if (event.target.type === "file") tell(); });
  form.addEventListener("submit", (event) => {
    const isSwitch = event.submitter?.name === "switch";
    if (isSwitch || !isTooLarge()) return;
    event.preventDefault();
    tell();
  });
}
