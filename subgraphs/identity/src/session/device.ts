const browsers = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\b(OPR|OPT|Opera)\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/\S+ .*\bSafari\//, 'Safari'],
] as const;

const systems = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac(intosh| OS X)\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

type Names = readonly (readonly [RegExp, string])[];
const nameIn = (userAgent: string, names: Names) => names.find(([pattern]) => pattern.test(userAgent))?.[1];

/** A short name for what signs in: `Firefox on Linux`, or the first product that a user agent names, such as `okhttp`. */
export function deviceName(userAgent: string): string {
  const product = /^[\w.-]{1,32}(?=\/|$)/.exec(userAgent)?.[0];
  const program = nameIn(userAgent, browsers) ?? (product === 'Mozilla' ? undefined : product);
  const system = nameIn(userAgent, systems);
  return [program, system].filter((name) => name !== undefined).join(' on ') || 'Unknown device';
}
