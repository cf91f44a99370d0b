import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../icons/Icon.tsx';
import { Player } from '../media/Player.tsx';
import { texts } from '../text/language.ts';
import type { Draft } from './draft.ts';

interface DraftBubbleProps {
  readonly draft: Draft;
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
}

/** A message on its way, with what keeps it. */
export function DraftBubble({ draft, onRetry, onDiscard }: DraftBubbleProps) {
  const { state, type, text, problem, progress } = draft;
  // The same file is refused again.
  const isFinal = problem === 'size' || problem === 'type';
  const url = useObjectUrl(draft.file) ?? draft.fileUrl;
  return (
    <li class={`bubble mine draft last ${type} ${state}`}>
      {url && type === 'image' && (
        <span class="picture">
          <img src={url} alt={texts.message.picture} />
        </span>
      )}
      {url && type === 'audio' && <Player src={url} label={texts.message.sound} />}
      {text && <p class="words">{text}</p>}
      {state === 'uploading' && (
        <progress value={progress} max={1} aria-label={texts.message.uploading(percent(progress))} />
      )}
      <p class="meta">
        <Icon name={state === 'failed' ? 'alert' : 'clock'} size={16} />
        <span>{problem ? texts.message.problems[problem] : stateText(draft)}</span>
      </p>
      {(state === 'failed' || state === 'waiting' || state === 'uploading') && (
        <p class="actions">
          {state === 'failed' && !isFinal && (
            <button type="button" onClick={onRetry}>
              {texts.message.retry}
            </button>
          )}
          <button type="button" onClick={onDiscard}>
            {texts.message.discard}
          </button>
        </p>
      )}
    </li>
  );
}

const percent = (part: number): number => Math.round(part * 100);

function stateText({ state, progress }: Draft): string {
  if (state === 'uploading') return texts.message.uploading(percent(progress));
  return state === 'sending' ? texts.message.sending : texts.message.waiting;
}

/** An address for a file, for as long as it is shown. */
function useObjectUrl(file: Blob | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
