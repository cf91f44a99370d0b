import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons/Icon.tsx';
import { choosePictures, pictureAccept } from '../media/pictures.ts';
import { canRecord } from '../media/recorder.ts';
import { texts } from '../text/language.ts';
import type { Conversation, SeenMarks } from './conversation.ts';
import { RecorderBar } from './RecorderBar.tsx';
import { store, stored } from './storage.ts';
import { Tray } from './Tray.tsx';
import { useDrop } from './use-drop.ts';
import './composer.css';

/** The longest message, in characters. */
const longest = 4_000;

/** Where a message is written: words, pictures and sounds. */
export function Composer<Thread extends SeenMarks>({ conversation }: { conversation: Conversation<Thread> }) {
  const { outbox, typing } = conversation;
  const kept = `draft.${conversation.me}.${conversation.threadId}`;
  const text = useSignal(stored(kept) ?? '');
  const pictures = useSignal<readonly File[]>([]);
  const notice = useSignal('');
  const recording = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const over = [...text.value.trim()].length - longest;
  const empty = text.value.trim() === '' && pictures.value.length === 0;

  const write = (words: string) => {
    text.value = words;
    store(kept, words === '' ? null : words);
  };
  const add = (files: Iterable<File>) => {
    const { pictures: chosen, refused } = choosePictures(files);
    pictures.value = [...pictures.value, ...chosen];
    notice.value = refused === 'type' ? texts.composer.notPictures : refused === 'size' ? texts.composer.tooLarge : '';
    field.current?.focus();
  };
  const dropping = useDrop(add);
  const send = () => {
    if (empty || over > 0) return;
    for (const picture of pictures.value) outbox.addFile('image', picture);
    const words = text.value.trim();
    if (words !== '') outbox.addText(words);
    typing.sent();
    pictures.value = [];
    notice.value = '';
    write('');
    field.current?.focus();
  };
  // It is as high as what is in it.
  useEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }, [text.value, recording.value]);

  if (recording.value)
    return (
      <RecorderBar
        onSend={(sound) => outbox.addFile('audio', sound)}
        onClose={() => {
          recording.value = false;
        }}
      />
    );
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {dropping && <p class="drop">{texts.composer.drop}</p>}
      {notice.value && (
        <p class="notice" role="alert">
          {notice.value}
        </p>
      )}
      <Tray
        pictures={pictures.value}
        onRemove={(picture) => {
          pictures.value = pictures.value.filter((one) => one !== picture);
          field.current?.focus();
        }}
      />
      <div class="line">
        <input
          ref={picker}
          type="file"
          class="hidden"
          tabIndex={-1}
          aria-hidden="true"
          accept={pictureAccept}
          multiple
          onChange={({ currentTarget }) => {
            add(currentTarget.files ?? []);
            currentTarget.value = '';
          }}
        />
        <button
          type="button"
          class="round quiet"
          aria-label={texts.composer.attach}
          onClick={() => picker.current?.click()}
        >
          <Icon name="picture" size={22} />
        </button>
        <textarea
          ref={field}
          rows={1}
          value={text.value}
          aria-label={texts.composer.label}
          aria-invalid={over > 0}
          placeholder={texts.composer.placeholder}
          enterkeyhint="send"
          onInput={({ currentTarget }) => {
            write(currentTarget.value);
            typing.write();
          }}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])];
            if (files.length === 0) return;
            event.preventDefault();
            add(files);
          }}
          onKeyDown={(event) => {
            // While an input method composes, Enter is its own.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        {empty && canRecord() ? (
          <button
            type="button"
            class="round quiet"
            aria-label={texts.composer.record}
            onClick={() => {
              recording.value = true;
            }}
          >
            <Icon name="microphone" size={22} />
          </button>
        ) : (
          <button type="submit" class="round accent" aria-label={texts.composer.send} disabled={empty || over > 0}>
            <Icon name="send" size={22} />
          </button>
        )}
      </div>
      {over > 0 && (
        <p class="notice" role="alert">
          {texts.composer.tooLong(over)}
        </p>
      )}
    </form>
  );
}
