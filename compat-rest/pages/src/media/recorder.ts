import { signal } from '@preact/signals';
import { waveOf } from './wave.ts';

/** What browsers record and the server takes, best first. */
const recordable = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/webm'];
/** The longest message, in milliseconds. */
const longest = 5 * 60_000;

export type RecorderState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'recording'; readonly since: number }
  | { readonly kind: 'recorded'; readonly sound: Blob; readonly url: string; readonly seconds: number }
  | { readonly kind: 'refused' };

/** Whether this browser, on this page, can record at all: microphones are for pages over TLS. */
export const canRecord = (): boolean =>
  window.isSecureContext && typeof MediaRecorder === 'function' && Boolean(navigator.mediaDevices?.getUserMedia);

/** One voice message: recorded, heard again, then taken or discarded. */
export class Recorder {
  readonly state = signal<RecorderState>({ kind: 'idle' });
  #recorder: MediaRecorder | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  async start(): Promise<void> {
    this.discard();
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.state.value = { kind: 'refused' };
      return;
    }
    const mimeType = recordable.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
    const parts: Blob[] = [];
    const since = Date.now();
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop();
      // Discarded, or another was begun.
      if (this.#recorder === recorder) void this.#finish(new Blob(parts, { type: recorder.mimeType }), since);
    });
    recorder.start();
    this.#recorder = recorder;
    this.#timer = setTimeout(() => this.stop(), longest);
    this.state.value = { kind: 'recording', since };
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
  }

  discard(): void {
    const state = this.state.value;
    const recorder = this.#recorder;
    this.#recorder = undefined;
    clearTimeout(this.#timer);
    if (recorder?.state === 'recording') recorder.stop();
    if (state.kind === 'recorded') URL.revokeObjectURL(state.url);
    this.state.value = { kind: 'idle' };
  }

  async #finish(recorded: Blob, since: number): Promise<void> {
    const seconds = (Date.now() - since) / 1_000;
    // Some browsers record only MPEG-4, which the server does not take.
    const sound = /^audio\/(webm|ogg)/.test(recorded.type) ? recorded : await waveOf(recorded);
    this.state.value = { kind: 'recorded', sound, url: URL.createObjectURL(sound), seconds };
  }
}
