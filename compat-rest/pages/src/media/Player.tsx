import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../icons/Icon.tsx';
import { lengthOf } from '../text/dates.ts';
import { texts } from '../text/language.ts';
import './player.css';

/** Plays a sound. `seconds` is its length where that is known: recordings do not always say. */
export function Player({ src, label, seconds = 0 }: { src: string; label: string; seconds?: number }) {
  const audio = useRef<HTMLAudioElement>(null);
  const playing = useSignal(false);
  const at = useSignal(0);
  const length = useSignal(seconds);

  const measured = ({ currentTarget }: { currentTarget: HTMLAudioElement }) => {
    if (Number.isFinite(currentTarget.duration)) length.value = currentTarget.duration;
    // What a browser recorded has no length until its end was looked for.
    else currentTarget.currentTime = Number.MAX_SAFE_INTEGER;
  };
  const moved = ({ currentTarget }: { currentTarget: HTMLAudioElement }) => {
    if (currentTarget.currentTime > 86_400) currentTarget.currentTime = 0;
    else at.value = currentTarget.currentTime;
    if (Number.isFinite(currentTarget.duration)) length.value = currentTarget.duration;
    if (!playing.value && currentTarget.paused && at.value === length.value) currentTarget.currentTime = 0;
  };
  const toggle = () => {
    const sound = audio.current;
    if (!sound) return;
    if (sound.paused) sound.play().catch(() => undefined);
    else sound.pause();
  };

  return (
    <fieldset class="player" aria-label={label}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what a visitor says. */}
      <audio
        ref={audio}
        src={src}
        preload="metadata"
        onLoadedMetadata={measured}
        onDurationChange={measured}
        onTimeUpdate={moved}
        onPlay={() => {
          playing.value = true;
        }}
        onPause={() => {
          playing.value = false;
        }}
        onEnded={() => {
          at.value = 0;
        }}
      />
      <button
        type="button"
        class="round"
        onClick={toggle}
        aria-label={playing.value ? texts.player.pause : texts.player.play}
      >
        <Icon name={playing.value ? 'pause' : 'play'} />
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(length.value, 0.1)}
        step={0.1}
        value={at.value}
        aria-label={texts.player.position}
        aria-valuetext={`${lengthOf(at.value)} / ${lengthOf(length.value)}`}
        style={{ '--part': `${length.value > 0 ? (at.value / length.value) * 100 : 0}%` }}
        onInput={({ currentTarget }) => {
          if (audio.current) audio.current.currentTime = Number(currentTarget.value);
        }}
      />
      <span class="length" aria-hidden="true">
        {lengthOf(playing.value || at.value > 0 ? at.value : length.value)}
      </span>
    </fieldset>
  );
}
