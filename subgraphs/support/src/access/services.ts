import type { Context } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';

/** Passes services that ask for nobody. @throws FORBIDDEN */
export function servicesOnly({ service }: Context, resource?: string): void {
  if (!service) throw forbidden('Only services may ask this.', resource);
}
