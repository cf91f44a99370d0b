/** How those who work on analyses go about it; times in milliseconds. */
export interface Timing {
  /** For how long an analysis is one process's alone, unless it says that it still works on it. */
  readonly lease: number;
  readonly renewEvery: number;
  /** How often it is looked for what others left. */
  readonly lookEvery: number;
  /** Between two pieces of an answer. */
  readonly pushEvery: number;
  /** How many analyses one process works on at a time. */
  readonly atOnce: number;
  /** How often an analysis is begun, where those who began it went away. */
  readonly attempts: number;
}

export const usualTiming: Timing = {
  lease: 15_000,
  renewEvery: 5_000,
  lookEvery: 2_000,
  pushEvery: 50,
  atOnce: 32,
  attempts: 3,
};
