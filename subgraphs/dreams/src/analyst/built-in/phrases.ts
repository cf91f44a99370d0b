import type { Language, Theme } from './lexicon/symbol.ts';

/** What the built-in analyst says around its readings. Of several, a dream always gets the same one. */
interface Phrases {
  readonly opening: readonly ((words: string) => string)[];
  readonly openingOne: (word: string) => string;
  readonly followUp: readonly ((words: string) => string)[];
  /** What leads from one image to the next; of one alone, `only`. */
  readonly steps: readonly ((word: string) => string)[];
  readonly only: (word: string) => string;
  readonly feeling: (words: string) => string;
  readonly again: (word: string, times: number) => string;
  readonly pairs: (one: string, other: string) => string;
  readonly nothing: string;
  readonly nothingNew: string;
  readonly ending: string;
  readonly questions: Readonly<Record<Theme, string>>;
  readonly plainQuestion: string;
  readonly signature: (words: string) => string;
  readonly and: string;
}

export const phrases: Readonly<Record<Language, Phrases>> = {
  tr: {
    opening: [
      (words) =>
        `Rüyanı okurken en çok ${words} üzerinde durdum. Bunları birer kehanet değil, sana ait ipuçları gibi düşün.`,
      (words) => `Anlattıklarında öne çıkan izler ${words}. Hepsini birlikte, acele etmeden düşünelim.`,
      (words) =>
        `Bu rüyanın kalbinde ${words} var gibi görünüyor. Her birinin sende ne uyandırdığı, buradaki her yorumdan daha değerli.`,
    ],
    openingOne: (word) => `Kısa anlatmışsın, ama ${word} tek başına da üzerinde durmaya değer.`,
    steps: [
      (word) => `Önce ${word}.`,
      (word) => `Sonra ${word} geliyor.`,
      (word) => `Bir de ${word} var.`,
      (word) => `Ve ${word}.`,
    ],
    only: (word) => `${word} diyorsun.`,
    followUp: [
      (words) => `Söylediklerinle resim biraz daha belirginleşiyor: ${words} üzerinde duralım.`,
      (words) => `Bunu söylemen iyi oldu; ${words} rüyayı biraz daha aydınlatıyor.`,
    ],
    feeling: (words) => `Bir de hissettiğin var: ${words}.`,
    again: (word, times) =>
      `Bu arada ${word} sana yeni değil: daha önceki ${times} rüyanda da aynı iz vardı. Tekrar eden imgeler, çoğu zaman henüz kapanmamış bir konuya döner.`,
    pairs: (one, other) =>
      `${one} ile ${other} aynı rüyada buluşmuş. Belki de ilki sana içinde bulunduğun durumu, ikincisi ona verdiğin karşılığı gösteriyor.`,
    nothing:
      'Anlattıklarında sözlüğümden tanıdığım bir imge bulamadım; bu, rüyanın anlamsız olduğunu değil, sana özgü olduğunu gösterir. Onu parça parça düşün: neredeydin, yanında kim vardı, en güçlü duygu hangi anda geldi ve uyandığında bedeninde ne kaldı?',
    nothingNew:
      'Söylediklerini az önceki yorumun yanına koydum. Yeni bir imge eklenmedi, ama bir rüya bazen ancak hayatındaki karşılığı bulununca anlam kazanır: bu duygu en son ne zaman, uyanıkken, kimin yanında belirdi?',
    ending: 'Bunların hangisi sana değdiyse onunla kal; değmeyeni bırakabilirsin.',
    questions: {
      nature: 'Peki o an, her şey durulsaydı, ilk ne yapmak isterdin?',
      animals: 'O seninle konuşabilseydi, sence ne söylerdi?',
      body: 'Son günlerde bedenin ya da sözlerin hangi konuda senden ilgi istedi?',
      places: 'Orası sana hayatının hangi dönemini ya da hangi ilişkisini hatırlatıyor?',
      ways: 'Bu yolda nereye varmak isterdin ve seni ne yavaşlatıyor?',
      things: 'Onu birine verecek olsan, kime verirdin ve neden?',
      people: 'Ona söylemek isteyip de söylemediğin bir şey var mı?',
      deeds: 'Uyanık hayatında buna en çok benzeyen anı hatırlıyor musun?',
      feelings: 'Bu duyguyu en son uyanıkken nerede hissettin?',
    },
    plainQuestion: 'Rüyanın hangi anına bir kez daha dönmek isterdin?',
    signature: (words) =>
      `— Yerleşik analist. Bu yorumu bir yapay zekâ modeli değil, küçük bir simge sözlüğü yazdı; ${words === '' ? 'tanıdığı bir sözcük bulamadı' : `dayandığı sözcükler: ${words}`}.`,
    and: 've',
  },
  en: {
    opening: [
      (words) =>
        `Reading your dream, I stayed longest with ${words}. Take these not as omens but as hints that belong to you.`,
      (words) => `What stands out in what you tell is ${words}. Let us look at it together, without haste.`,
      (words) =>
        `At the heart of this dream there seems to be ${words}. What each of them stirs in you is worth more than any reading here.`,
    ],
    openingOne: (word) => `You tell it in few words, but ${word} is worth staying with even by itself.`,
    steps: [
      (word) => `First, ${word}.`,
      (word) => `Then there is ${word}.`,
      (word) => `There is ${word}, too.`,
      (word) => `And ${word}.`,
    ],
    only: (word) => `You say ${word}.`,
    followUp: [
      (words) => `With what you say the picture grows clearer: let us stay with ${words}.`,
      (words) => `It is good that you say this; ${words} sheds some more light on the dream.`,
    ],
    feeling: (words) => `And there is what you felt: ${words}.`,
    again: (word, times) =>
      `By the way, ${word} is not new to you: ${times === 1 ? 'an earlier dream of yours has' : `${times} earlier dreams of yours have`} the same trace. Images that return mostly come back to a matter that is not closed yet.`,
    pairs: (one, other) =>
      `In one dream, ${one} and ${other} meet. Perhaps the first shows how things are for you, and the second how you answer to it.`,
    nothing:
      'In what you tell I found no image that my lexicon knows; that does not make the dream meaningless, it makes it your own. Think it through piece by piece: where were you, who was with you, at which moment was the feeling strongest, and what of it stayed in your body when you woke?',
    nothingNew:
      'I put what you say beside the reading from before. No new image has come in, but a dream sometimes only makes sense once its counterpart by day is found: when did you last have this feeling awake, and who was with you?',
    ending: 'Stay with whichever of these touched something; let go of the rest.',
    questions: {
      nature: 'If everything had gone still at that moment, what would you have wanted to do first?',
      animals: 'If it could have spoken to you, what do you think it would have said?',
      body: 'In which matter have your body or your words asked for attention lately?',
      places: 'Which time of your life, or which relationship, does that place remind you of?',
      ways: 'Where on this road would you like to arrive, and what slows you down?',
      things: 'If you were to give it to somebody, who would it be, and why?',
      people: 'Is there something you have wanted to tell them and have not?',
      deeds: 'Can you think of the moment in your waking life that is most like it?',
      feelings: 'Where did you last feel this while you were awake?',
    },
    plainQuestion: 'To which moment of the dream would you like to return once more?',
    signature: (words) =>
      `— The built-in analyst. This was written by a small lexicon of symbols and no language model; ${words === '' ? 'it found no word that it knows' : `the words it rests on: ${words}`}.`,
    and: 'and',
  },
};
