import { readFile } from 'node:fs/promises';
import { routes } from '@kopru/compat-rest/chat-v1/routes.ts';
import { routes as dreamRoutes } from '@kopru/compat-rest/dreams/routes.ts';
import { events } from '@kopru/compat-rest/support/events.ts';
import { messages } from '@kopru/compat-rest/ws-gateway/documents/messages.ts';
import { openApi } from '@kopru/compat-rest/ws-gateway/documents/openapi.ts';
import { close } from '@kopru/compat-rest/ws-gateway/opcodes.ts';
import { describe, expect, test } from 'vitest';
import { backends } from '../env/backends.ts';
import { proved } from './covers.ts';
import * as dreams from './dreams/inventory.ts';
import { additions, endpoints, opcodes, rows } from './inventory.ts';
import * as support from './support/inventory.ts';
import * as gateway from './ws-gateway/inventory.ts';

describe('the documents', () => {
  test.each(['en', 'tr'])('%s lists the endpoints and opcodes of the inventory', async (language) => {
    const facts = await factsOf(language);
    expect(facts.endpoints).toEqual(endpoints);
    expect(facts.opcodes).toEqual(opcodes);
  });

  test('agree in both languages', async () => {
    expect(await factsOf('tr')).toEqual(await factsOf('en'));
  });
});

test('the document of the gateway lists the operations, events and endpoints of the inventory', async () => {
  const text = await readFile(new URL('ws-gateway/document.md', import.meta.url), 'utf8');
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);
  expect(named(/^#### `([A-Z_]+)`$/gm)).toEqual(gateway.clientOperations);
  expect(named(/^Response: `([A-Z_]+)`$/gm)).toEqual(gateway.answers);
  expect(named(/^#### `([a-z]+\.[a-z]+)`$/gm)).toEqual(gateway.gatewayEvents);
  expect(named(/^#### `([A-Z]+ \/[^`]*)`$/gm)).toEqual(gateway.documentedEndpoints);
});

test('what the gateway serves is in the inventory, and nothing else', () => {
  const { clientOperations, answers, webOperations, otherAnswers, gatewayEvents } = gateway;
  const served = new Set(messages.map(({ name }) => name));
  const promised = [...clientOperations, ...answers, ...webOperations, ...otherAnswers, ...gatewayEvents];
  expect([...served].sort()).toEqual(promised.sort());
  const paths = Object.keys(openApi.paths as object).map((path) => `GET ${path}`);
  expect(paths.sort()).toEqual([...gateway.documentedEndpoints, ...gateway.otherEndpoints].sort());
  const { goingAway, failed, tooSlow, tooManySubscriptions, ...others } = close;
  const codes = Object.values(others).map(([code]) => String(code));
  expect(codes).toEqual(Object.keys(gateway.gatewayCloseCodes));
});

test('the document of the support chat lists the endpoints and events of the inventory', async () => {
  const text = await readFile(new URL('support/document.md', import.meta.url), 'utf8');
  const [emitted = '', heard = ''] = text.split('### 7.2');
  const named = (part: string, pattern: RegExp) => [...part.matchAll(pattern)].map(([, name]) => name);
  expect(named(text, /^#### ([A-Z]+ \/.*)$/gm)).toEqual(support.supportEndpoints);
  expect(named(emitted, /^#### '(\w+)'$/gm)).toEqual(support.emitted);
  expect(named(heard, /^#### '(\w+)'$/gm)).toEqual(support.heard);
});

test('what clients of the support chat may emit is in the inventory, and nothing else', () => {
  const served = new Set(events.map(({ name }) => name));
  expect([...served].sort()).toEqual([...support.emitted, ...support.otherEmitted].sort());
});

test('the document of Dreamalyze lists the endpoints and errors of the inventory', async () => {
  const text = await readFile(new URL('dreams/document.md', import.meta.url), 'utf8');
  const named = [...text.matchAll(/^\*\*Endpoint:\*\* `([A-Z]+ \/[^`]*)`$/gm)].map(([, endpoint]) => endpoint);
  expect(named).toEqual(dreams.dreamEndpoints);
  const statuses = [...text.matchAll(/^Error: (\d+) /gm)].map(([, status]) => Number(status));
  expect(new Set(Object.values<number>(dreams.dreamErrors))).toEqual(new Set([...statuses, 405, 429]));
});

test('what Dreamalyze serves is in the inventory, and nothing else', () => {
  const served = dreamRoutes.map(({ method, path }) => `${method} /api/user${path.replace(':id', '<uuid:id>')}`);
  expect(served).toEqual([...dreams.dreamEndpoints, ...dreams.otherDreamEndpoints]);
});

test('what is served is in the inventory, and nothing else', () => {
  const served = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(served.sort()).toEqual([...endpoints, ...additions].sort());
});

test.each(backends)('every row has a test that ran over $name', async ({ name }) => {
  const ran = await proved(name);
  expect(rows.filter((row) => !ran.has(row))).toEqual([]);
});

/** The endpoints and opcodes that a document lists; `documents/` keeps of each what is the same in every language. */
async function factsOf(language: string) {
  const text = await readFile(new URL(`chat-v1/documents/${language}.md`, import.meta.url), 'utf8');
  return {
    endpoints: [...text.matchAll(/^- `([A-Z]+ [^`?]+)/gm)].map(([, endpoint]) => endpoint),
    opcodes: Object.fromEntries([...text.matchAll(/^\| (\d+) \| (\w+) \|$/gm)].map(([, code, name]) => [code, name])),
  };
}
