const namespace = 'http://www.w3.org/2000/svg';

export const bridgeIcon = (): SVGElement =>
  icon('M2 16h20M7 20V5M17 20V5M7 5c1.6 6.5 8.4 6.5 10 0M7 5c-1.2 4.5-2.7 7-5 8.2M17 5c1.2 4.5 2.7 7 5 8.2M12 9.9V16');
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
