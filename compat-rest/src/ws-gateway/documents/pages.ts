import { close, dialects } from '../opcodes.ts';
import { frameSchema, introduction, type Message, messages } from './messages.ts';
import { schemas } from './schemas.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');
/** Backticks are all the markup that our texts have. */
const prose = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
const schema = (value: unknown): string => `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`;

const document = (title: string, head: string, body: string): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`;

/** The interactive page of the HTTP side; its parts lie under `assets`. */
export const swaggerPage = (assets: string): string =>
  document(
    'WebSocket Gateway',
    `<link rel="stylesheet" href="${assets}/swagger-ui.css">
<link rel="icon" type="image/png" href="${assets}/favicon-32x32.png">
<script src="${assets}/swagger-ui-bundle.js" defer></script>
<script src="${assets}/start.js" defer></script>`,
    `<div id="swagger-ui"></div>
<noscript><p>This page needs JavaScript; <a href="/swagger/json">the description itself</a> does not.</p></noscript>`,
  );

/** What starts the page: a file of its own, so that no script has to be allowed inline. */
export const swaggerStart = "SwaggerUIBundle({ url: '/swagger/json', dom_id: '#swagger-ui', deepLinking: true });\n";

/** The page that describes the socket. */
export const asyncApiPage = (stylesheet: string): string =>
  document(
    'WebSocket Gateway: the socket',
    `<link rel="stylesheet" href="${stylesheet}">`,
    `<h1>WebSocket Gateway</h1>
<p>The socket, by path: ${dialects.map((path) => `<code>${path}</code>`).join(' and ')}. The <a href="/swagger">HTTP side</a> and
<a href="/asyncapi.json">this as AsyncAPI</a> are described elsewhere.</p>
${introduction
  .split('\n\n')
  .map((paragraph) => `<p>${prose(paragraph)}</p>`)
  .join('\n')}
<h2>Client → server</h2>
${messages
  .filter(({ from }) => from === 'client')
  .map(section)
  .join('\n')}
<h2>Server → client</h2>
${messages
  .filter(({ from }) => from === 'server')
  .map(section)
  .join('\n')}
<h2>Close codes</h2>
<table>
${Object.values(close)
  .map(([code, reason]) => `<tr><td>${code}</td><td>${reason}</td></tr>`)
  .join('\n')}
</table>
<h2>What frames have in common</h2>
${Object.entries(schemas)
  .map(([name, of]) => `<h3 id="${name}">${name}</h3>\n${schema(of)}`)
  .join('\n')}`,
  );

function section(message: Message): string {
  const { name, on, summary, reply } = message;
  const where = on.length === dialects.length ? '' : ` <small>on <code>${on[0]}</code></small>`;
  const answer = reply ? ` Answered with ${reply}.` : '';
  return `<section>
<h3>${name}${where}</h3>
<p>${prose(summary)}${answer}</p>
<details><summary>Frame</summary>${schema(frameSchema(message))}</details>
</section>`;
}

export const stylesheet = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
pre { background: #f4f4f4; padding: 0.75rem; overflow-x: auto; font-size: 0.85rem; }
h3 { margin-bottom: 0; }
section p { margin: 0.25rem 0; }
td { padding: 0.15rem 1rem 0.15rem 0; }
`;
