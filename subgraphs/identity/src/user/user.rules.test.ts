import { describe, expect, it } from 'vitest';
import { faults, refuseFaults, rules } from './user.rules.ts';

describe('the rules of an account', () => {
  it.each([
    ['username', 'ab'],
    ['username', 'ğüşıöç_ĞÜŞİÖÇ.-42'],
    ['username', 'Иван'],
    ['username', '太郎'],
    ['username', 'たろうタローx'],
    ['username', '김철수_42'],
    ['username', 'أحمد٤٢'],
    ['username', 'Əli'],
    ['username', 'x'.repeat(32)],
    ['email', 'a@example.org'],
    ['email', "o'neil+tag_1@mail.example.co.uk"],
    ['email', `${'x'.repeat(64)}@example.org`],
    ['password', '12345678'],
    ['password', '🐎'.repeat(128)],
    ['displayName', 'ز'],
    ['displayName', '👩‍💻 Ann'],
    ['displayName', '🐎'.repeat(64)],
    ['avatarUrl', 'http://example.org/a b.png?x=1'],
    ['bio', ''],
    ['bio', 'Two\nlines.'],
  ] as const)('let %s be %j', (field, value) => {
    expect(faults(rules[field], value)).toEqual([]);
  });

  it.each([
    ['username', 'a', 'A username has 2 to 32 characters.'],
    ['username', '', 'A username has 2 to 32 characters.'],
    ['username', 'x'.repeat(33), 'A username has 2 to 32 characters.'],
    ['username', 'ann lee', 'A username has only letters, digits, and the signs _ . and -.'],
    ['username', 'ann@example', 'A username has only letters, digits, and the signs _ . and -.'],
    ['username', 'ann🐎', 'A username has only letters, digits, and the signs _ . and -.'],
    ['username', 'ann\u200b', 'A username has only letters, digits, and the signs _ . and -.'],
    ['username', 'ann\ud800', 'A username has only letters, digits, and the signs _ . and -.'],
    ['username', 'ann\u3164', 'A username has only letters, digits, and the signs _ . and -.'],
    ['username', '\u115f\u1160', 'A username has only letters, digits, and the signs _ . and -.'],
    ['username', 'ann\u00ad', 'A username has only letters, digits, and the signs _ . and -.'],
    ['username', 'ann\u034f', 'A username has only letters, digits, and the signs _ . and -.'],
    ['username', 'аnn', 'A username has letters of one alphabet.'],
    ['username', 'Ꭺnn', 'A username has letters of one alphabet.'],
    ['username', 'աnn', 'A username has letters of one alphabet.'],
    ['username', 'ꓮnn', 'A username has letters of one alphabet.'],
    ['username', 'annו', 'A username has letters of one alphabet.'],
    ['username', 'ann០', 'A username has letters of one alphabet.'],
    ['username', 'Ꭺꓮ', 'A username has letters of one alphabet.'],
    ['email', '', 'Enter a valid email address.'],
    ['email', 'ann', 'Enter a valid email address.'],
    ['email', 'ann@localhost', 'Enter a valid email address.'],
    ['email', 'ann@example.org\nBcc: x@example.org', 'Enter a valid email address.'],
    ['email', '.ann@example.org', 'Enter a valid email address.'],
    ['email', 'a..b@example.org', 'Enter a valid email address.'],
    ['email', 'ann@-example.org', 'Enter a valid email address.'],
    ['email', 'ann lee@example.org', 'Enter a valid email address.'],
    ['email', `${'x'.repeat(65)}@example.org`, 'Enter a valid email address.'],
    ['email', `a@${'example.'.repeat(32)}org`, 'An email address has at most 254 characters.'],
    ['password', '1234567', 'A password has 8 to 128 characters.'],
    ['password', 'x'.repeat(129), 'A password has 8 to 128 characters.'],
    ['displayName', '', 'A display name has 1 to 64 characters.'],
    ['displayName', 'x'.repeat(65), 'A display name has 1 to 64 characters.'],
    ['displayName', 'Ann\nadmin', 'A display name is one line of text.'],
    ['displayName', 'Ann\u202enimda', 'A display name is one line of text.'],
    ['displayName', '\u3164', 'A display name can be seen.'],
    ['displayName', '\u200b\u2800 \u00ad', 'A display name can be seen.'],
    ['avatarUrl', 'http://example.org/\na', 'An avatar URL is plain text.'],
    ['avatarUrl', 'http://example.org/\0', 'An avatar URL is plain text.'],
    ['avatarUrl', 'http://example.org/\ud800', 'An avatar URL is plain text.'],
    ['bio', 'a\0b', 'A bio is plain text.'],
    ['bio', 'a\udc00b', 'A bio is plain text.'],
    ['avatarUrl', 'javascript:alert(1)', 'An avatar is a URL that begins with http:// or https://.'],
    ['avatarUrl', '/ann.png', 'An avatar is a URL that begins with http:// or https://.'],
    ['avatarUrl', `https://example.org/${'x'.repeat(2048)}`, 'An avatar URL has at most 2048 characters.'],
    ['bio', 'x'.repeat(501), 'A bio has at most 500 characters.'],
  ] as const)('do not let %s be %j', (field, value, sentence) => {
    expect(faults(rules[field], value)).toEqual([sentence]);
  });

  it('are decided at once for input made to be slow', () => {
    const long = `${'a.'.repeat(30_000)}@${'a-'.repeat(30_000)}`;
    expect(faults(rules.email, long)).toHaveLength(2);
  });

  it('do not concern what is absent', () => {
    for (const rule of Object.values(rules))
      for (const absent of [null, undefined]) expect(faults(rule, absent)).toEqual([]);
    refuseFaults({ username: [], email: [] });
  });
});
