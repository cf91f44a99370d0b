import { symbols } from './symbol.ts';

export const deeds = symbols(
  'deeds',
  `
uçmak | fly, flew, flying, flown | Uçmak, bir şeyin üstüne çıkma ve özgürleşme isteğidir; ne kadar yükseldiğin, kendine ne kadar izin verdiğini gösterir. | Flying is the wish to rise above something and be free; how high you went shows how much you allow yourself.
düşmek | fall, fell, falling, fallen | Düşmek, kontrolü bırakma korkusudur; bazen de bırakmanın zamanı geldiğini söyler. | Falling is the fear of letting go of control; at times it says that the time to let go has come.
kaçmak | escape, flee, fled | Kaçmak, henüz dönüp bakmaya hazır olmadığın bir şeyi gösterir. | Running away shows something that you are not yet ready to turn round and look at.
kovalamak, takip | chase, pursue, followed | Kovalanmak, ertelediğin bir konunun peşini bırakmadığını söyler; dönüp yüzüne bakmak çoğu zaman onu küçültür. | To be chased says that a matter you put off keeps after you; turning to face it mostly makes it smaller.
koşmak | run, ran, running | Koşmak, bir hedefe ya da bir tehlikeden uzağa duyduğun telaştır. | Running is haste, towards a goal or away from a danger.
yüzmek | swim, swam, swimming | Yüzmek, duyguların içinde kendi gücünle yol alabilmektir. | Swimming is making your way through feelings by your own strength.
boğulmak | drown, drowning, suffocate | Boğulmak, üst üste gelen şeylerin nefesini daralttığını anlatır; yardım istemek burada bir güçtür. | Drowning tells that things have come too thick to breathe; asking for help is a strength here.
kaybolmak, kaybetmek~ | lost | Kaybolmak, eski işaretlerin artık yön göstermediği bir dönemi anlatır. | Being lost tells of a time in which the old signs no longer show the way.
aramak | search | Aramak, eksikliğini duyduğun bir şeye verdiğin emektir; ne aradığını bilmek yarısıdır. | Searching is the effort you make for what you miss; to know what you look for is half of it.
ölmek, ölüm | die, died, death, dying | Ölüm, rüyalarda çoğunlukla bir bitiş ve yeni bir başlangıçtır; gerçek bir haber değildir. | Death is mostly an ending and a new beginning in dreams; it is not news of a real one.
öldürmek | kill, murder | Öldürmek, içindeki bir şeyi ya da bir bağı bitirme isteğidir; bir suç değil, bir duygudur. | Killing is the wish to put an end to something in you, or to a tie; it is a feeling, not a crime.
doğurmak, doğum | birth | Doğum, uzun süre taşıdığın bir şeyin dünyaya gelmesidir. | Birth is something that you have long carried coming into the world.
hamile, gebe | pregnant, pregnancy | Hamilelik, büyümekte olan bir fikri ya da sorumluluğu gösterir. | Pregnancy shows an idea or a responsibility that is growing.
evlenmek, düğün, nikah | marry, wedding, marriage | Düğün, iki yanının ya da iki hayatın birleşmesini anlatır. | A wedding tells of two sides of you, or two lives, being joined.
ayrılmak, boşanmak | divorce, separate | Ayrılık, bir bağın biçim değiştirdiğini hissettiğini gösterir. | A separation shows your sense that a tie is changing its form.
ağlamak | cry, cried, crying, weep | Ağlamak, gündüz tuttuğun bir duygunun kendine yer bulmasıdır. | Crying is a feeling held back by day that finds its room.
gülmek | laugh, laughing, laughter | Gülmek, bir gerilimin çözülmesidir. | Laughing is a tension that comes undone.
bağırmak, çığlık | scream, shout, yell | Bağırmak, duyulma isteğidir; sesin çıkmadıysa, söylenmemiş bir söz bekliyor olabilir. | Screaming is the wish to be heard; if no sound came, a word may be waiting to be said.
saklanmak, gizlenmek | hide, hid, hiding, hidden | Saklanmak, görülmeden güvende olma isteğini taşır. | Hiding carries the wish to be safe by not being seen.
tırmanmak | climb, climbing | Tırmanmak, zorlanarak da olsa ilerlediğini söyler. | Climbing says that you are getting on, if with effort.
yürümek | walk, walking | Yürümek, kendi hızında ilerlemendir. | Walking is going on at your own pace.
gecikmek, geç kalmak | late | Geç kalmak, bir fırsatı ya da bir beklentiyi kaçırma kaygısıdır. | Being late is the worry of missing a chance, or what is expected of you.
çıplak | naked, nude | Çıplaklık, olduğun gibi görülmekten duyulan çekinmeyi anlatır. | Nakedness tells of shyness at being seen as you are.
kavga, dövüşmek, tartışmak | fight, quarrel, argue | Kavga, içinde çatışan iki isteğin dışarı vurmuş halidir. | A fight is two wishes that clash in you, come into the open.
savaş, savaşmak | war, battle | Savaş, uzun süren bir iç gerilimi ya da kuşatılmışlık hissini gösterir. | War shows a long inner strain, or the sense of being besieged.
öpmek, sarılmak | kiss, hug, embrace | Öpmek ve sarılmak, yakınlığa ve barışmaya duyulan isteği gösterir. | A kiss or an embrace shows the wish for closeness, and to make peace.
dans | dance, dancing | Dans, bedeninle ve yanındakiyle uyum arayışıdır. | Dancing is looking for harmony with your body, and with whoever is beside you.
donmak, felç | frozen, paralyzed, paralysed | Kıpırdayamamak, iki istek arasında tutulup kalmayı anlatır. | To be unable to move tells of being held between two wishes.
hırsızlık, çalınmak | steal, stole, stolen | Çalınan bir şey, hakkın olanın elinden alındığı duygusunu taşır. | Something stolen carries the sense that what is yours was taken.
yanmak | burn, burned, burnt | Yanmak, bir şeyin geri dönülmez biçimde değiştiğini hissettirir. | Burning makes you feel that something has changed for good.
kırılmak, kırmak, yıkılmak | break, broke, broken, collapse | Kırılan şey, artık eskisi gibi taşınamayacak bir düzeni gösterir. | What breaks shows an order that cannot be carried on as it was.
dua, namaz | pray, prayer | Dua, teslim olmayı ve güvenmek istediğini anlatır. | Prayer tells of surrender, and of wanting to trust.
`,
);
