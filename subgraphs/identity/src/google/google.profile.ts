import { faults, type Rule } from '../user/user.rules.ts';

/** What Google says of somebody, where it keeps our own rules; else null. */
export const ifAllowed = (rule: readonly Rule[], value: string | null): string | null =>
  faults(rule, value?.trim()).length === 0 ? (value?.trim() ?? null) : null;
