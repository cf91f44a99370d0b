import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Program } from '../program.ts';
import { rabbitmqVersion } from '../services.ts';
import { path, succeeds } from './programs.ts';

/** A RabbitMQ that keeps everything in `folder`, and the server of names that Erlang wants, which would else be started for the whole machine and left there. */
export function rabbitmqServer(folder: string, [amqp = 0, distribution = 0, epmd = 0]: readonly number[]) {
  const url = `amqp://127.0.0.1:${amqp}`;
  const names = new Program({
    name: 'epmd',
    command: ['epmd', '-port', String(epmd), '-address', '127.0.0.1'],
    environment: { PATH: path },
    folder,
    ready: () => succeeds(reach(epmd)),
  });
  const server = new Program({
    name: 'rabbitmq-server',
    command: ['rabbitmq-server'],
    script: true,
    folder,
    environment: {
      PATH: path,
      // Where the secret of its cluster is kept.
      HOME: folder,
      ERL_EPMD_PORT: String(epmd),
      RABBITMQ_NODENAME: `kopru_${randomBytes(6).toString('hex')}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(amqp),
      RABBITMQ_DIST_PORT: String(distribution),
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_CONF_ENV_FILE: join(folder, 'no-environment'),
      RABBITMQ_CONFIG_FILE: join(folder, 'no-settings'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'no-plugins'),
    },
    ready: () => succeeds(rabbitmqVersion(url)),
  });
  return { names, server, url };
}

async function reach(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}
