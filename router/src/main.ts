import { openGround } from '@kopru/runtime/ground.ts';
import { clusterSettings, main } from '@kopru/runtime/service.ts';
import { legacyEvents } from '@kopru/schema/legacy-events.ts';
import { subgraphUrls } from '@kopru/schema/subgraphs.ts';
import { routerSettings } from './config.ts';
import { openGraph } from './graph/open.ts';
import { openRouter } from './server.ts';

await main(async () => {
  const settings = clusterSettings(subgraphUrls, routerSettings);
  const ground = await openGround('router', settings, { outside: legacyEvents });
  const graph = await openGraph(ground);
  const router = await openRouter({ ground, graph, settings });
  const { logger } = ground;
  logger.info({ port: router.port }, 'router is ready');
  return {
    logger,
    async close() {
      await router.close();
      await graph.close();
      await ground.close();
    },
  };
});
