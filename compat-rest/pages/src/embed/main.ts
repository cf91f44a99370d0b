import { chooseLanguage } from '../text/language-choice.ts';
import { type EmbedOptions, Launcher } from './launcher.ts';

/*
 * One tag puts the chat on any page whose origin the server allows:
 *   <script src="https://support.example/embed.js" async></script>
 * data-lang "tr" or "en", data-theme "light" or "dark", data-side "left" or "right".
 */
const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const { lang, theme, side } = script.dataset;
  const options: EmbedOptions = {
    chat: new URL('./', script.src),
    language: chooseLanguage(lang ? [lang, ...navigator.languages] : navigator.languages),
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    side: side === 'left' ? 'left' : 'right',
  };
  const start = () => new Launcher(options).mount();
  // The page around us goes first.
  if (document.readyState === 'complete') start();
  else window.addEventListener('load', start, { once: true });
}
