import { createServer } from 'node:http';

/** A bare `node:http` server that answers everything with one text: what Node itself costs. Prints its port. */
const [answer = ''] = process.argv.slice(2);

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
process.once('disconnect', () => server.close(() => process.exit()));
