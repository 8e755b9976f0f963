// What makes every page comfortable; each part of it also works without this file.
import {
  Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll,
} from "govuk-frontend";
import { autosave } from "./_autosave.js";
import { hideFields } from "./_conditions.js";
import { Counter } from "./_counter.js";
import { watchFiles } from "./_files.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [
  Button, Checkboxes, Counter, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink,
]) {
  createAll(component);
}
document.querySelectorAll("form").forEach(hideFields);
document.querySelectorAll("form[data-autosave-url]").forEach(autosave);
document.querySelectorAll("[data-largest-file]").forEach(watchFiles);
