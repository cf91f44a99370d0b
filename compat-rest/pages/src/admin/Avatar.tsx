import { texts } from '../text/language.ts';
import './avatar.css';

/** How many colours there are, in the style sheet. */
const colours = 6;

/** The first letters of a name on a colour of its own, with a dot for whoever is online. */
export function Avatar({ name, online }: { name: string; online: boolean }) {
  const letters = name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase() ?? '')
    .join('');
  const colour = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % colours;
  return (
    <span class={`avatar colour-${colour}`}>
      <span aria-hidden="true">{letters}</span>
      {online && (
        <span class="online" title={texts.admin.online}>
          <span class="hidden">{texts.admin.online}</span>
        </span>
      )}
    </span>
  );
}
