/** Enough for a voice, in samples a second. */
const sampleRate = 16_000;

/** A recording of any kind that the browser can play, as a WAV file of one channel and 16 bits. */
export async function waveOf(recording: Blob): Promise<Blob> {
  const context = new OfflineAudioContext(1, 1, sampleRate);
  const sound = await context.decodeAudioData(await recording.arrayBuffer());
  return new Blob([waveBytes(sound.getChannelData(0), sampleRate)], { type: 'audio/wav' });
}

/** A RIFF file: its header of 44 bytes, then samples from -1 to 1 as little-endian integers. */
export function waveBytes(samples: Float32Array, rate: number): ArrayBuffer {
  const size = samples.length * 2;
  const view = new DataView(new ArrayBuffer(44 + size));
  const text = (at: number, letters: string) => {
    for (let index = 0; index < letters.length; index += 1) view.setUint8(at + index, letters.charCodeAt(index));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + size, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, size, true);
  for (const [index, sample] of samples.entries())
    view.setInt16(44 + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff), true);
  return view.buffer;
}
