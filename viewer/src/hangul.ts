// Hangul as it is typed: every syllable as the keys of its letters, so that half a syllable finds the whole.

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = ["ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ"];
const FINALS = [
  "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ",
  "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];
const FIRST = 0xac00;
const COUNT = 11172;

/** The text with each syllable as its letters, in the order in which they are typed. */
export function keys(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0)! - FIRST;
    if (code < 0 || code >= COUNT) out += character;
    else out += INITIALS[Math.floor(code / 588)]! + VOWELS[Math.floor((code % 588) / 28)]! + FINALS[code % 28]!;
  }
  return out;
}

/** The first letter of each syllable: ㅋㅂㄴㅌㅅ. */
export function initials(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0)! - FIRST;
    out += code < 0 || code >= COUNT ? character : INITIALS[Math.floor(code / 588)]!;
  }
  return out;
}

/** Whether a text is first letters alone, two or more. */
export function areInitials(text: string): boolean {
  return text.length > 1 && [...text].every((character) => INITIALS.includes(character));
}
