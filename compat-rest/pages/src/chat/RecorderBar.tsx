import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons/Icon.tsx';
import { Player } from '../media/Player.tsx';
import { Recorder } from '../media/recorder.ts';
import { lengthOf } from '../text/dates.ts';
import { texts } from '../text/language.ts';

interface RecorderBarProps {
  readonly onSend: (sound: Blob) => void;
  readonly onClose: () => void;
}

/** Takes the composer's place while a voice message is made. */
export function RecorderBar({ onSend, onClose }: RecorderBarProps) {
  const recorder = useMemo(() => new Recorder(), []);
  const main = useRef<HTMLButtonElement>(null);
  const state = recorder.state.value;
  useEffect(() => {
    void recorder.start();
    return () => recorder.discard();
  }, [recorder]);
  useEffect(() => main.current?.focus(), [state.kind]);

  return (
    <section class="composer recorder" aria-label={texts.recorder.preview}>
      {state.kind === 'refused' && (
        <p class="notice" role="alert">
          {texts.recorder.refused}
        </p>
      )}
      <div class="line">
        <button type="button" class="round quiet" aria-label={texts.recorder.discard} onClick={onClose}>
          <Icon name={state.kind === 'refused' ? 'close' : 'trash'} size={22} />
        </button>
        {state.kind === 'recording' && (
          <>
            <p class="clock" role="timer">
              <span class="lamp" aria-hidden="true" />
              {texts.recorder.recording} <Elapsed since={state.since} />
            </p>
            <button
              ref={main}
              type="button"
              class="round danger"
              aria-label={texts.recorder.stop}
              onClick={() => recorder.stop()}
            >
              <Icon name="stop" size={22} />
            </button>
          </>
        )}
        {state.kind === 'recorded' && (
          <>
            <Player src={state.url} label={texts.recorder.preview} seconds={state.seconds} />
            <button
              ref={main}
              type="button"
              class="round accent"
              aria-label={texts.recorder.send}
              onClick={() => {
                onSend(state.sound);
                onClose();
              }}
            >
              <Icon name="send" size={22} />
            </button>
          </>
        )}
      </div>
    </section>
  );
}

function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return <span class="elapsed">{lengthOf((now - since) / 1_000)}</span>;
}
