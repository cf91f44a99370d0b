import type { z } from 'zod';

/** An answer as it came, its body read as JSON where it is JSON. */
export interface Reply {
  readonly call: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Call {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, with the content type of JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Speaks Chat v1's REST to one address, as somebody or nobody. */
export class RestClient {
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;

  /** `url` ends in `/api/rest`. */
  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.url = url;
    this.#headers = headers;
  }

  /** The same address with this access token. */
  as(token: string): RestClient {
    return new RestClient(this.url, { ...this.#headers, authorization: `Bearer ${token}` });
  }

  /** The same person at another address. */
  at(url: string): RestClient {
    return new RestClient(url, this.#headers);
  }

  /** Any call, whatever comes of it. */
  async send(method: string, path: string, { json, text, headers }: Call = {}): Promise<Reply> {
    const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
    const response = await fetch(this.url + path, {
      method,
      headers: { ...this.#headers, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
    });
    const answer = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      call: `${method} ${path}`,
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(answer) : answer,
    };
  }

  get<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.infer<Shape>> {
    return this.#succeed(shape, 'GET', path);
  }

  post<Shape extends z.ZodType>(path: string, json: unknown, shape: Shape): Promise<z.infer<Shape>> {
    return this.#succeed(shape, 'POST', path, json);
  }

  patch<Shape extends z.ZodType>(path: string, json: unknown, shape: Shape): Promise<z.infer<Shape>> {
    return this.#succeed(shape, 'PATCH', path, json);
  }

  delete<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.infer<Shape>> {
    return this.#succeed(shape, 'DELETE', path);
  }

  /** @throws unless the answer is 200 with a JSON body of that shape. */
  async #succeed<Shape extends z.ZodType>(
    shape: Shape,
    method: string,
    path: string,
    json?: unknown,
  ): Promise<z.infer<Shape>> {
    const { status, body } = await this.send(method, path, { json });
    if (status !== 200) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`);
    const parsed = shape.safeParse(body);
    if (!parsed.success)
      throw new Error(
        `${method} ${path} answered ${JSON.stringify(body)}, which is not as documented: ${parsed.error}`,
      );
    return parsed.data;
  }
}
