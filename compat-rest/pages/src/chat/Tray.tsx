import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../icons/Icon.tsx';
import { texts } from '../text/language.ts';

/** Pictures that will be sent with the message. */
export function Tray({ pictures, onRemove }: { pictures: readonly File[]; onRemove: (picture: File) => void }) {
  if (pictures.length === 0) return null;
  return (
    <ul class="tray" aria-label={texts.composer.chosen}>
      {pictures.map((picture) => (
        <li key={`${picture.name} ${picture.size} ${picture.lastModified}`}>
          <Preview picture={picture} />
          <button
            type="button"
            class="round"
            aria-label={texts.composer.remove(picture.name)}
            onClick={() => onRemove(picture)}
          >
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Preview({ picture }: { picture: File }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return <img src={url} alt={picture.name} />;
}
