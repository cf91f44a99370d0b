import { symbols } from './symbol.ts';

export const things = symbols(
  'things',
  `
anahtar, kilit | key, keys, lock | Anahtar, aradığın çözümün elinde ya da yakınında olduğunu düşündürür. | A key suggests that the answer you look for is in your hand, or close.
para, cüzdan | money, coin, wallet | Para, değer ve güvenle ilgilidir: kaybetmek de bulmak da kendine biçtiğin değere dokunur. | Money has to do with worth and safety: losing it and finding it both touch what you think you are worth.
altın, gümüş | gold, silver | Altın, kıymetini bildiğin ya da bilmen gereken bir şeydir. | Gold is something whose worth you know, or ought to.
mücevher, elmas, inci | jewel, jewelry, diamond, pearl | Mücevher, sende saklı duran değerli bir yanı gösterir. | A jewel shows something precious that lies hidden in you.
yüzük | ring | Yüzük, bağlılığı ve verilen sözleri taşır. | A ring carries commitment, and promises made.
saat' | clock | Saat, zamanla yarıştığın hissini anlatır: neye geç kalmaktan korkuyorsun? | A clock tells of racing with time: what are you afraid of being late for?
telefon | phone, telephone | Telefon, birine ulaşma ya da ulaşamama duygusunu taşır. | A phone carries the feeling of reaching somebody, or failing to.
kitap, defter | book, notebook | Kitap, öğrenmek ya da anlatmak istediğin bir hikâyedir. | A book is a story that you want to learn, or to tell.
mektup, zarf, kalem | letter, envelope | Mektup, beklediğin bir haber ya da söylenmemiş bir sözdür. | A letter is news that you await, or a word that was not said.
bıçak, makas | knife, scissors | Bıçak, keskin bir ayrımı ya da incinme korkusunu gösterir. | A knife shows a sharp separation, or the fear of being hurt.
silah, tabanca, tüfek | gun, weapon, rifle | Silah, tehdit altında hissetmeyi ve güç arayışını anlatır. | A gun tells of feeling threatened, and of reaching for power.
kılıç | sword | Kılıç, verilmesi gereken net bir kararı temsil eder. | A sword stands for a clear decision that has to be taken.
ip, halat | rope, string | İp, seni bağlayan ya da kurtaran bağı gösterir. | A rope shows the tie that binds you, or saves you.
zincir, kelepçe | chain, handcuffs | Zincir, kurtulmak istediğin bir bağı düşündürür. | A chain suggests a tie that you want to be free of.
elbise, kıyafet, giysi | dress, clothes, clothing | Kıyafet, başkalarına nasıl göründüğünle ilgilidir. | Clothes have to do with how you appear to others.
ayakkabı, çizme | shoe, boots, boot | Ayakkabı, yoluna ne kadar hazır olduğunu gösterir. | Shoes show how ready you are for your way.
gelinlik | bridal, gown | Gelinlik, bir söze ya da yeni bir role hazırlığı anlatır. | A wedding dress tells of preparing for a promise, or for a new role.
maske | mask | Maske, saklamak zorunda hissettiğin bir yanı gösterir. | A mask shows a side that you feel you have to hide.
şemsiye | umbrella | Şemsiye, kendini duygulardan koruma biçimindir. | An umbrella is how you shield yourself from feelings.
ekmek, yemek, sofra | bread, food, meal, feast | Yemek, neye aç olduğunu ve nelerle beslendiğini sorar. | Food asks what you are hungry for, and what feeds you.
elma, meyve | apple, fruit | Meyve, emeğin karşılığını ya da yasak bir isteği taşır. | Fruit carries the reward of work, or a wish that is forbidden.
süt, bal | milk, honey | Süt ve bal, şefkati ve beslenmeyi anlatır. | Milk and honey tell of tenderness, and of being nourished.
fotoğraf, resim/resm | photo, photograph, picture, painting | Fotoğraf, tutmak istediğin bir anı geri getirir. | A photograph brings back a moment that you want to keep.
bilgisayar, ekran | computer, screen | Ekran, aranıza giren mesafeyi ya da iş yükünü düşündürür. | A screen suggests a distance that has come between, or your load of work.
oyuncak, oyun | toy, game | Oyuncak, hafifleme ve oyun ihtiyacını anlatır. | A toy tells of the need to play, and to take things lightly.
mum, lamba, fener | candle, lamp, lantern | Mum, küçük ama yeten bir umudu gösterir. | A candle shows a hope that is small, and enough.
kutu, sandık | box, chest | Kutu, açıp açmamakta kararsız kaldığın bir konudur. | A box is a matter that you are not sure you want to open.
hediye, armağan | gift | Hediye, görülmek ve sevilmek isteğini; bazen de kabul etmenin zorluğunu taşır. | A gift carries the wish to be seen and loved; at times how hard it is to accept.
hazine, define | treasure | Hazine, kendinde yeni keşfettiğin bir gücü düşündürür. | A treasure suggests a strength that you have newly found in yourself.
tabut | coffin | Tabut, vedalaşılması gereken bir şeyi gösterir; bu bir alışkanlık da olabilir. | A coffin shows something to take leave of; it may be a habit.
bayrak | flag | Bayrak, nereye ait olduğunla ilgili bir duyguyu taşır. | A flag carries a feeling about where you belong.
müzik, şarkı | music, song | Müzik, söze gelmeyen bir duyguyu dile getirir. | Music says a feeling for which there are no words.
`,
);
