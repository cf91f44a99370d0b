const namespace = 'http://www.w3.org/2000/svg';

export const bridgeIcon = (): SVGElement =>
  icon('M2.5 17h19M5.5 17V8M18.5 17V8M5.5 8c2.2 5 10.8 5 13 0M9 17v-5M12 17v-5.2M15 17v-5');
export const closeIcon = (): SVGElement => icon('M6 9.5l6 6 6-6');

/** Built from elements: a page's policy may forbid markup in strings. */
function icon(path: string): SVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
