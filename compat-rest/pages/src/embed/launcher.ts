import { texts as all } from '../text/embed.ts';
import type { Language } from '../text/language-choice.ts';
import type { FrameMessage } from '../visitor/frame-message.ts';
import style from './embed.css?inline';
import { bridgeIcon, closeIcon } from './icons.ts';
import { keep, kept } from './keeper.ts';

export interface EmbedOptions {
  /** The page of the chat. */
  readonly chat: URL;
  readonly language: Language;
  readonly theme: 'light' | 'dark' | null;
  readonly side: 'left' | 'right';
}

/** How long the chat may take to say that it is there, after its frame has loaded, in milliseconds. */
const readyWithin = 4_000;

/** A button in a corner of somebody's page, and the chat in a frame above it. */
export class Launcher {
  readonly #options: EmbedOptions;
  readonly #host = document.createElement('div');
  readonly #button = document.createElement('button');
  readonly #badge = document.createElement('span');
  readonly #frame = document.createElement('iframe');
  #open = false;
  #unread = 0;

  constructor(options: EmbedOptions) {
    this.#options = options;
  }

  mount(): void {
    const { chat, language, theme, side } = this.#options;
    const address = new URL(chat);
    address.searchParams.set('lang', language);
    if (theme) address.searchParams.set('theme', theme);
    this.#frame.src = address.href;
    this.#frame.allow = 'microphone; autoplay';
    this.#frame.title = all[language].frame;
    this.#frame.hidden = true;
    this.#button.type = 'button';
    // Shown once the chat is there: a page that may not hold it shows nothing.
    this.#button.hidden = true;
    this.#badge.className = 'badge';
    this.#badge.ariaHidden = 'true';
    this.#button.addEventListener('click', () => this.#toggle(!this.#open));
    window.addEventListener('message', (event) => this.#hear(event));
    this.#frame.addEventListener('load', () => setTimeout(() => this.#giveUp(), readyWithin), { once: true });

    this.#host.dataset.side = side;
    if (theme) this.#host.dataset.theme = theme;
    const root = this.#host.attachShadow({ mode: 'open' });
    // A style sheet that is constructed needs no leave of the page's policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#frame, this.#button);
    this.#draw();
    document.body.append(this.#host);
  }

  #hear({ source, origin, data }: MessageEvent<FrameMessage | undefined>): void {
    if (source !== this.#frame.contentWindow || origin !== this.#options.chat.origin) return;
    switch (data?.kopru) {
      case 'ready':
        this.#button.hidden = false;
        this.#tellShown();
        break;
      case 'unread':
        this.#unread = data.count;
        this.#draw();
        break;
      case 'close':
        this.#toggle(false);
        break;
      case 'recall':
        this.#tell({ kopru: 'recalled', kept: kept() });
        break;
      case 'keep':
        keep(data.key, data.text);
        break;
    }
  }

  #toggle(open: boolean): void {
    this.#open = open;
    this.#frame.hidden = !open;
    this.#host.classList.toggle('open', open);
    this.#draw();
    this.#tellShown();
    if (open) this.#frame.focus();
    else this.#button.focus();
  }

  #draw(): void {
    const { open, close, unread } = all[this.#options.language];
    const waiting = !this.#open && this.#unread > 0;
    this.#badge.textContent = this.#unread > 9 ? '9+' : String(this.#unread);
    this.#badge.hidden = !waiting;
    this.#button.ariaLabel = this.#open ? close : waiting ? `${open} (${unread(this.#unread)})` : open;
    this.#button.ariaExpanded = String(this.#open);
    this.#button.replaceChildren(this.#open ? closeIcon() : bridgeIcon(), this.#badge);
  }

  #tellShown(): void {
    this.#tell({ kopru: 'shown', shown: this.#open });
  }

  #tell(message: FrameMessage): void {
    this.#frame.contentWindow?.postMessage(message, this.#options.chat.origin);
  }

  /** The frame has loaded something that is not the chat: most likely this origin is not among those allowed. */
  #giveUp(): void {
    if (!this.#button.hidden) return;
    this.#host.remove();
    console.warn(`The support chat of ${this.#options.chat.origin} may not be shown on ${location.origin}.`);
  }
}
