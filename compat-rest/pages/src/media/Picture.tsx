import { useRef } from 'preact/hooks';
import { Icon } from '../icons/Icon.tsx';
import { texts } from '../text/language.ts';
import './picture.css';

/** A picture as part of a conversation; pressed, it fills the window. */
export function Picture({ src, label, onLoad }: { src: string; label: string; onLoad?: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        class="picture"
        aria-label={`${label}. ${texts.message.openPicture}`}
        onClick={() => dialog.current?.showModal()}
      >
        <img src={src} alt="" onLoad={onLoad} />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog; the click is for what lies around the picture. */}
      <dialog
        ref={dialog}
        class="lightbox"
        aria-label={label}
        onClick={({ target, currentTarget }) => {
          if (target === currentTarget) currentTarget.close();
        }}
      >
        <img src={src} alt={label} />
        <button type="button" class="round" aria-label={texts.close} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </dialog>
    </>
  );
}
