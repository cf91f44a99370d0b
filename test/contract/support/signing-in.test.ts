import { beforeAll, expect, test } from 'vitest';
import { overEveryBackend } from '../../place.ts';
import { callSupport, joinAgents, openSupport, signIn, supportUrl } from '../../support.ts';
import { covers } from '../covers.ts';

overEveryBackend(
  (place) => {
    let cookie: string;
    beforeAll(async () => {
      cookie = await signIn(place);
    });
    const call = (method: string, path: string, headers: Record<string, string> = {}, json?: unknown) =>
      callSupport(place, method, path, { headers, json });

    test('a code signs in once, and the one before it not at all', async () => {
      covers('support:POST /request-otp', 'support:POST /verify-otp');
      covers(
        'support rule:a wrong code is 200',
        'support rule:a code signs in once',
        'support rule:a cookie is for HTTP alone',
      );
      const first = await call('POST', '/request-otp', {}, {});
      expect([first.status, first.body]).toEqual([
        200,
        { success: true, otp: expect.stringMatching(/^\d{6}$/), message: expect.any(String) },
      ]);
      const second = await call('POST', '/request-otp');
      const wrong = { status: 200, body: { success: false, message: expect.any(String) } };
      const isWrong = async (otp: unknown) => {
        const answer = await call('POST', '/verify-otp', {}, { otp });
        expect(answer).toMatchObject(wrong);
        expect(answer.headers.getSetCookie()).toEqual([]);
      };
      if (first.body.otp !== second.body.otp) await isWrong(first.body.otp);
      const good = await call('POST', '/verify-otp', { cookie }, { otp: second.body.otp });
      expect([good.status, good.body]).toEqual([200, { success: true, redirect: '/admin' }]);
      const [set = ''] = good.headers.getSetCookie();
      expect(set).toMatch(/^kopru_agent=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax$/);
      await isWrong(second.body.otp);

      // The session that the browser had ends with the new one.
      await expect.poll(async () => (await call('GET', '/api/threads', { cookie })).status).toBe(401);
      cookie = set.split(';', 1)[0] ?? '';
      expect((await call('GET', '/api/threads', { cookie })).status).toBe(200);
    });

    test('five wrong codes end what was asked for', async () => {
      const headers = { 'x-forwarded-for': '203.0.113.5' };
      const { body } = await call('POST', '/request-otp', headers);
      for (let tried = 0; tried < 5; tried += 1) {
        const otp = String((Number(body.otp) + 1 + tried) % 1_000_000).padStart(6, '0');
        expect((await call('POST', '/verify-otp', headers, { otp })).body.success).toBe(false);
      }
      expect((await call('POST', '/verify-otp', headers, { otp: body.otp })).body.success).toBe(false);
    });

    test('without a session there is nothing to see', async () => {
      covers('support rule:lists without a session are []', 'support rule:clearing without a session is Unauthorized');
      for (const path of ['/api/threads', '/api/messages?thread_id=1'])
        expect(await call('GET', path)).toMatchObject({ status: 401, body: [] });
      for (const path of ['/api/messages/clear?thread_id=1', '/api/messages/clear_all'])
        expect(await call('POST', path)).toMatchObject({ status: 401, body: { error: 'Unauthorized' } });
    });

    test('pages of agents lead to where one signs in', async () => {
      covers('support:GET /admin', 'support:GET /favicon.ico');
      covers('support rule:pages of agents lead to /login');
      const closed = await call('GET', '/admin');
      expect([closed.status, closed.headers.get('location')]).toEqual([302, '/login']);
      expect(await call('GET', '/favicon.ico')).toMatchObject({ status: 204, body: '' });
      expect((await call('GET', '/login', { cookie })).status).toBe(200);
    });

    test('pages are served under a policy that lets nothing in from elsewhere', async () => {
      covers('support:GET /', 'support:GET /login');
      for (const [path, who] of [
        ['/', {}],
        ['/login', {}],
        ['/admin', { cookie }],
      ] as const) {
        const page = await call('GET', path, who);
        expect([page.status, page.headers.get('content-type')], path).toEqual([200, 'text/html; charset=utf-8']);
        const policy = page.headers.get('content-security-policy') ?? '';
        expect(policy).toContain(path === '/' ? "frame-ancestors 'self'" : "frame-ancestors 'none'");
        expect(policy).not.toContain('unsafe');
      }
    });

    test("a page of another site acts for nobody, and ends nobody's session", async () => {
      covers('support rule:pages of other sites act for nobody');
      for (const elsewhere of [
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        const headers = { cookie, ...elsewhere } as Record<string, string>;
        expect((await call('POST', '/api/messages/clear_all', headers)).status).toBe(401);
        expect((await call('GET', '/logout', headers)).status).toBe(302);
        const socket = openSupport(place, { headers });
        expect(await socket.call('admin_join')).toMatchObject({ error: { type: 'unauthorized' } });
      }
      expect((await call('GET', '/api/threads', { cookie, origin: supportUrl(place) })).status).toBe(200);
    });

    test('GET /logout ends the session, and its sockets', async () => {
      covers('support:GET /logout', 'support rule:a session that ends is silent');
      const own = await signIn(place);
      const agent = await joinAgents(place, own);
      const answer = await call('GET', '/logout', { cookie: own });
      expect([answer.status, answer.headers.get('location')]).toEqual([302, '/login']);
      expect(await agent.hears('message_error')).toMatchObject({ type: 'unauthorized' });
      await expect.poll(() => agent.connected).toBe(false);
      expect((await call('GET', '/api/threads', { cookie: own })).status).toBe(401);
      expect((await call('GET', '/admin', { cookie: own })).headers.get('location')).toBe('/login');
      expect((await call('GET', '/logout')).headers.get('location')).toBe('/login');
    });
  },
  { TRUST_PROXY: 'true' },
);
