import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openVoices, type Voices } from './voices.fixture.ts';

const signIn = (name: string, selection: string, alias = 'signIn') =>
  `${alias}: signIn(name: "${name}") { token account { ${selection} } }`;
const signedIn = (name: string) => ({ token: expect.any(String), account: { asks: name } });

describe.each(['in process', 'over HTTP'] as const)('who has just signed in, %s', (how) => {
  let dataDir: string;
  let voices: Voices;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kopru-voices-'));
    voices = await openVoices(dataDir, how);
  });
  afterAll(async () => {
    await voices.close();
    await rm(dataDir, { recursive: true });
  });

  const run = async (document: string, as?: string) => {
    const { caller, graph } = voices;
    return JSON.parse(JSON.stringify(await graph.execute({ document: parse(document), caller: await caller(as) })));
  };

  test('is who asks for what is selected of them, in every subgraph', async () => {
    const document = `mutation { ${signIn('ann', 'asks self { diary } friend { asks diary name friend { asks } }')} }`;
    expect(await run(document)).toEqual({
      data: {
        signIn: {
          token: expect.any(String),
          account: {
            asks: 'ann',
            self: { diary: 'of ann' },
            friend: { asks: 'ann', diary: null, name: 'friend of ann', friend: { asks: 'ann' } },
          },
        },
      },
    });
  });

  test('is another for each that signs in', async () => {
    const document = `mutation { ${signIn('ann', 'asks', 'one')} ${signIn('bob', 'asks', 'two')} note { asks } ${signIn('eve', 'asks', 'three')} }`;
    expect(await run(document)).toEqual({
      data: { one: signedIn('ann'), two: signedIn('bob'), note: { asks: 'nobody' }, three: signedIn('eve') },
    });
  });

  test('is not who asks for the rest, before or after', async () => {
    const document = `mutation { note { asks } ${signIn('ann', 'asks')} again: note { asks friend { asks } } }`;
    expect(await run(document)).toEqual({
      data: {
        note: { asks: 'nobody' },
        signIn: signedIn('ann'),
        again: { asks: 'nobody', friend: { asks: 'nobody' } },
      },
    });
    expect(await run(document, 'bob')).toMatchObject({
      data: { note: { asks: 'bob' }, signIn: signedIn('ann'), again: { asks: 'bob', friend: { asks: 'bob' } } },
    });
  });

  test('is nobody where the sign-in fails, or selects nothing of them', async () => {
    const { data, errors } = await run('mutation { refused: signIn(name: "") { account { asks } } note { asks } }');
    expect([data, errors.length]).toEqual([null, 1]);
    expect(await run('mutation { signIn(name: "ann") { token } note { asks } }')).toMatchObject({
      data: { note: { asks: 'nobody' } },
    });
  });

  test('is that in one execution alone, however many run the same at once', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `user-${index}`);
    const document = parse(
      'mutation ($n: ID!) { signIn(name: $n) { account { asks friend { asks } } } note { asks } }',
    );
    const { graph, caller } = voices;
    const answers = await Promise.all(
      names.map(async (n) => graph.execute({ document, variables: { n }, caller: await caller() })),
    );
    expect(JSON.parse(JSON.stringify(answers))).toEqual(
      names.map((name) => ({
        data: { signIn: { account: { asks: name, friend: { asks: name } } }, note: { asks: 'nobody' } },
      })),
    );
    expect(await run('{ account(id: "user-1") { asks } }')).toEqual({ data: { account: { asks: 'nobody' } } });
  });

  test('does not ask as the service that asks', async () => {
    const asService = { ...(await voices.caller()), asService: true };
    const document = parse(`mutation { ${signIn('ann', 'asks')} note { asks } }`);
    expect(await voices.graph.execute({ document, caller: asService })).toMatchObject({
      data: { signIn: signedIn('ann'), note: { asks: 'service' } },
    });
  });

  test('is said by the mutation that signs in, and by nothing that is fetched later or read', async () => {
    const { data } = await run(`mutation { ${signIn('eve', 'asks')} }`);
    voices.forge({ signIn: data.signIn.token, account: data.signIn.token, note: data.signIn.token });
    expect(await run(`mutation { ${signIn('ann', 'asks friend { asks }')} }`)).toMatchObject({
      data: { signIn: { account: { asks: 'ann', friend: { asks: 'ann' } } } },
    });
    expect(await run('{ account(id: "bob") { asks friend { asks } } }')).toMatchObject({
      data: { account: { asks: 'nobody', friend: { asks: 'nobody' } } },
    });
    voices.forge(undefined);
  });
});

test('who has just signed in is told to services alone', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'kopru-voices-'));
  const voices = await openVoices(dataDir, 'over HTTP');
  const query = 'mutation { signIn(name: "ann") { account { id } } }';
  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(voices.urls.accounts, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return response.json();
  };
  const data = { signIn: { account: { id: 'ann' } } };
  expect(await ask({})).toEqual({ data });
  expect(await ask({ 'x-service-token': 'forged' })).toEqual({ data });
  expect(await ask({ 'x-service-token': await voices.tokens.serviceToken() })).toEqual({
    data,
    extensions: { voices: { signIn: expect.any(String) } },
  });
  await voices.close();
  await rm(dataDir, { recursive: true });
});
