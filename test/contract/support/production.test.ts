import { expect, test } from 'vitest';
import { overEveryBackend } from '../../place.ts';
import { callSupport } from '../../support.ts';
import { covers } from '../covers.ts';

overEveryBackend(
  (place) => {
    test('where there is no Telegram, no code leaves a server in production, and none signs in', async () => {
      covers('support rule:no code is shown in production');
      const answer = await callSupport(place, 'POST', '/request-otp', { json: {} });
      expect([answer.status, answer.body]).toEqual([500, { success: false, message: expect.any(String) }]);
      expect(JSON.stringify([answer.body, [...answer.headers]])).not.toMatch(/\b\d{6}\b/);
      const guess = await callSupport(place, 'POST', '/verify-otp', { json: { otp: '000000' } });
      expect([guess.status, guess.body.success]).toEqual([200, false]);
    });
  },
  { NODE_ENV: 'production' },
);
