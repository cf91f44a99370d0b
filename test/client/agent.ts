import { GraphClient } from './graphql.ts';
import type { Person } from './person.ts';
import type { RestClient } from './rest.ts';

/** Signs a support agent in by a one-time code, which an installation without Telegram gives to whoever asks. */
export async function newAgent(graphql: string, rest: RestClient): Promise<Person> {
  const graph = new GraphClient(graphql);
  const { requestAgentCode } = await graph.run<{ requestAgentCode: { code: string } }>(
    'mutation Ask { requestAgentCode { code } }',
  );
  const { verifyAgentCode } = await graph.run<{
    verifyAgentCode: { accessToken: string; refreshToken: string; user: { id: string; username: string } };
  }>(
    `mutation Enter($code: String!) {
      verifyAgentCode(input: { code: $code }) { accessToken refreshToken user { id username } }
    }`,
    requestAgentCode,
  );
  const { accessToken: token, refreshToken, user } = verifyAgentCode;
  return { ...user, email: '', password: '', token, refreshToken, rest: rest.as(token) };
}
