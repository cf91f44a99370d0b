import { english } from './english.ts';
import { chooseLanguage } from './language-choice.ts';
import type { Texts } from './texts.ts';
import { turkish } from './turkish.ts';

/** A site that embeds the chat may name its language in the address. */
const asked = new URLSearchParams(location.search).get('lang');

export const language = chooseLanguage(asked ? [asked, ...navigator.languages] : navigator.languages);
export const texts: Texts = language === 'tr' ? turkish : english;
/** The same as the reader writes it: their English may be that of another country. */
export const locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
