// The counter of characters writes numbers as the pages do: 10 000 in every language. A browser may know nothing of
// Kazakh numbers and write them as in English.
import { CharacterCount } from "govuk-frontend";

const THOUSANDS = /\B(?=(?:\d{3})+$)/g;

export class Counter extends CharacterCount {
  formatCountMessage(remaining, kind) {
    const written = String(Math.abs(remaining)).replace(THOUSANDS, "\u00a0");
    return super.formatCountMessage(remaining, kind).replace(/\d[^\p{L}]*\d|\d/u, written);
  }
}
