import { describe, expect, test } from 'vitest';
import { findingsIn } from './findings.ts';
import { lexicon } from './lexicon/lexicon.ts';

const found = (word: string): string | undefined => findingsIn(word, 'tr')[0]?.symbol.id;

/** Symbol → forms that people write. */
const forms: Readonly<Record<string, string>> = {
  water: 'su suyu suda sular suyun sulara suyum',
  sea: 'deniz denizde denizin denize denizden denizler denizlerin denizdeydim okyanusun',
  river: 'nehir nehrin nehirde ırmağı ırmaktan derede',
  wave: 'dalgaların dalgalar dalgada',
  rain: 'yağmurda yağmuru',
  storm: 'fırtınanın fırtınaydı kasırgada',
  wind: 'rüzgarı rüzgârın RÜZGAR',
  fire: 'ateşi ateşe alevler alevlerin',
  earth: 'toprağı toprağın topraktan',
  mountain: 'dağın dağda dağlara tepesi',
  tree: 'ağaç ağacın ağaçtan ağaçların ağacı',
  leaf: 'yaprakları yaprağı',
  sky: 'gökyüzünde gökyüzüne',
  light: 'ışığı ışıklar ışığa',
  snake: 'yılan yılanı yılanın yılanlar yılandan Yılanlardan yılandı',
  dog: 'köpek köpeğim köpeği köpekler köpeğimiz',
  bear: 'ayı ayının ayıdan',
  fish: 'balığı balıklar balıkların',
  spider: 'örümceği örümcekler',
  wolf: 'kurt kurdu kurtlar kurdun',
  tooth: 'diş dişim dişlerim dişlerimin dişimi dişlerimden',
  hair: 'saçımı saçlarım',
  heart: 'kalbim kalbimi kalbi yüreğim',
  mouth: 'ağzımdan ağzım ağız',
  nose: 'burnum burnunu burun',
  neck: 'boynumda omzumda',
  house: 'ev evimde evdeydim evin evimiz evde evdeki',
  door: 'kapıyı kapının kapılar kapıdan',
  mirror: 'aynada aynaya aynanın',
  city: 'şehrin şehirde',
  grave: 'mezarlıkta mezarın',
  car: 'arabayı arabam arabamız arabanın',
  train: 'trene trenin',
  airplane: 'uçağı uçakta uçağın',
  key: 'anahtarı anahtarımı anahtarlar',
  money: 'parayı paramı paralar',
  clock: 'saati saatim saatler',
  book: 'kitabı kitaplar kitabın',
  letter: 'mektubu kalemim',
  bread: 'ekmeği ekmekler yemeği yemekler',
  mother: 'annem annemi annemin anneme annemle annemdi',
  father: 'babamla babamın babam',
  brother: 'kardeşim ablam abim',
  child: 'çocuğu çocuklar çocuğun',
  husband: 'eşim eşimle kocam',
  grandmother: 'anneannem babaannem',
  ghost: 'hayaleti ruhlar',
  fly: 'uçuyordum uçtum uçuyorduk uçarken uçmaya uçuyorum uçan uçabiliyordum uçarak',
  fall: 'düştüm düşüyordum düşerken düşüyorum düştüğümde düştükten düşmüştüm',
  escape: 'kaçıyordum kaçamıyordum kaçtım kaçmak kaçamadım kaçıp kaçınca',
  chase: 'kovalıyordu kovaladı kovalayan kovalamaya',
  run: 'koşuyordum koştuk koşarak',
  swim: 'yüzüyordum yüzdüm yüzmek',
  drown: 'boğuluyordum boğuldum boğulacaktım',
  lost: 'kayboldum kaybolmuştum kaybettim kaybediyordum',
  die: 'öldü ölmüş ölmüştü ölümü ölüyordum',
  marry: 'evleniyordum evlendim düğünde düğünümüz',
  cry: 'ağlıyordum ağladım ağlayarak ağlarken',
  climb: 'tırmanıyordum tırmandık',
  walk: 'yürüyordum yürüdük',
  afraid: 'korktum korkuyordum korkudan korkmuştum',
  happy: 'mutluydum sevindim',
  sad: 'üzüldüm üzgündüm hüznüm',
  angry: 'kızdım öfkeyle',
  alone: 'yalnızdım yalnızlığım',
};

describe('Turkish words', () => {
  const all = Object.entries(forms).flatMap(([id, words]) => words.split(' ').map((word) => [word, id] as const));

  test('are known in more than two hundred forms', () => {
    expect(all.length).toBeGreaterThan(200);
    const missed = all.filter(([word, id]) => found(word) !== id);
    expect(missed.map(([word]) => `${word}: ${found(word)}`)).toEqual([]);
  });

  test('of other meanings are left alone', () => {
    const others = `attım attı kara karım evet elli kanal kazandım kazandı adını karar kararsız devam kurtuldum kurtardı
      düşündüm düşünüyordum düşünce düşüncelerim çalıştım çalışıyordum taşındık taşıyordu kırmızı kırk yazdım yalnızca balkon
      bana benim onun evlat balo filmde ayakta başladı başladım başka başkası kapıldım saatlerce yüzünden eşit eşya suç suçlu
      aynı aynısı kalktım kaldım gittim geldim yaptım baktım gördüm oldu vardı sonra birden sanki gibi kadar nasıl neden çünkü
      böyle şöyle hemen şimdi dün sabah akşam uyandım uyudum sırada olduğunu söyledi dedim istedim geldi odun ölçü ölçtüm kolay
      kolaylık elektrik atmosfer ayrıca ayran kuşku kuşkulu ipek koyu koydum yolcu kanser kafes dağıldı dağıttı gölge
      bile kargaşa güldürmedi evlilik evli buluştuk kaçıncı aydınlık aylarca denge denedim denedi sustum susadım canım hala
      hâlâ diledim dilek kolej elbette elektrikler babacan dedektif nineni değil çıkmak kitle eşikte`.split(/\s+/);
    const hits = others.flatMap((word) => (found(word) ? [`${word}: ${found(word)}`] : []));
    expect(others.length).toBeGreaterThan(120);
    expect(hits).toEqual([]);
  });

  test('of two parts are known by both', () => {
    expect(found('Okula geç kaldım')).toBe('late');
    expect(findingsIn('Orada kaldım', 'tr')).toEqual([]);
  });
});

test('the lexicon knows more than two hundred images, each once and in both languages', () => {
  expect(lexicon.length).toBeGreaterThan(200);
  for (const language of ['tr', 'en'] as const) {
    const words = lexicon.flatMap(({ id, words }) => words[language].map((word) => ({ id, word })));
    const twice = words.filter(({ word }, at) => words.findIndex((other) => other.word === word) !== at);
    expect(twice).toEqual([]);
  }
  for (const { meaning } of lexicon)
    for (const text of Object.values(meaning)) expect(text).toMatch(/^\p{Lu}.{30,}[.?]$/u);
});
