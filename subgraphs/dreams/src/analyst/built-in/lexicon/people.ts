import { symbols } from './symbol.ts';

export const people = symbols(
  'people',
  `
anne | mother, mom, mum | Annen, bakım ve güven ihtiyacını; bazen de kendi koruyucu sesini taşır. | Your mother carries the need for care and safety; at times your own protecting voice.
baba | father, dad | Baban, onaylanma isteğini ve kurallarla ilişkini öne çıkarır. | Your father brings forward the wish for approval, and how you stand with rules.
kardeş, abla, abi, ağabey | brother, sister, sibling | Kardeşin, paylaştığın ve yarıştığın yanını gösterir. | A brother or sister shows the side of you that shares and competes.
çocuk | child, children, kid | Çocuk, korunmak ya da yeniden başlamak isteyen bir yanındır. | A child is a side of you that wants to be looked after, or to begin again.
bebek | baby, infant | Bebek, yeni başlayan ve özen isteyen bir şeydir: bir fikir, bir ilişki, bir dönem. | A baby is something new that asks for care: an idea, a relationship, a time of life.
eş, koca | husband, wife, spouse | Eşin, birlikte kurduğun hayatla ilgili konuşulmamış bir şeye dokunuyor olabilir. | Your partner may touch on something unspoken in the life you share.
sevgili, nişanlı | lover, boyfriend, girlfriend, fiancé | Sevgilin, yakınlık ve kaybetme kaygısını birlikte taşır. | A lover carries closeness and the fear of losing it, both together.
arkadaş, dost | friend | Arkadaşın, sende de bulunan ama onda daha kolay gördüğün bir özelliği gösterebilir. | A friend may show a trait that you have too, and see more easily in them.
dede, büyükbaba | grandfather, grandpa | Deden, köklerden gelen bir öğüdü ya da geçmişle bağını anlatır. | Your grandfather tells of advice that comes from your roots, and of your tie to the past.
nine, anneanne, babaanne, büyükanne | grandmother, grandma | Anneannen ya da babaannen, şefkati ve aileden kalan bilgeliği taşır. | Your grandmother carries tenderness, and the wisdom of the family.
teyze, hala, amca, dayı | aunt, uncle, cousin | Akrabalar, aile içindeki yerini ve beklentileri hatırlatır. | Relatives recall your place in the family, and what it expects.
öğretmen, hoca | teacher, professor | Öğretmen, kendine koyduğun ölçüleri ve öğrenmen gereken bir şeyi temsil eder. | A teacher stands for the standards you set yourself, and for something to be learned.
patron, müdür | boss, manager | Patron, sorumlulukla ve yetkiyle ilişkini gösterir. | A boss shows how you stand with duty and authority.
yabancı, adam, kadın | stranger | Tanımadığın biri, çoğu zaman kendinde henüz tanımadığın bir yandır. | Somebody unknown is mostly a side of yourself that you do not know yet.
düşman, katil, hırsız | enemy, murderer, thief | Düşman, sınırlarının aşıldığı hissini ya da kabul etmekte zorlandığın bir duyguyu taşır. | An enemy carries the sense that your bounds were crossed, or a feeling that is hard to own.
kral, kraliçe, prenses | king, queen, princess | Kral ya da kraliçe, güç ve değer görme isteğini anlatır. | Kings and queens tell of power, and of the wish to be valued.
asker, polis | soldier, police, policeman | Asker ve polis, düzeni ve iç denetimini temsil eder. | Soldiers and police stand for order, and for the one in you who keeps watch.
doktor, hemşire | doctor, nurse | Doktor, iyileşme isteğini ve yardım kabul etmeyi anlatır. | A doctor tells of the wish to heal, and of accepting help.
ölü, cenaze, ceset | dead, corpse, funeral | Ölmüş biri, vedalaşmanın ya da hatırlamanın sürdüğünü gösterir; bir haber ya da kehanet değildir. | Somebody who has died shows that a farewell, or a memory, is still going on; it is no omen.
hayalet, ruh, cin | ghost, spirit | Hayalet, geçmişte kaldığını sandığın ama seni bırakmayan bir konudur. | A ghost is a matter that you thought was past, and that has not let go of you.
canavar, şeytan, dev | monster, demon, devil, giant | Canavar, adı konmamış bir korkudur; yaklaşıp bakınca küçülür. | A monster is a fear without a name; it shrinks when one comes close and looks.
kalabalık | crowd | Kalabalık, başkalarının bakışı altında olma duygusunu taşır. | A crowd carries the feeling of being under the eyes of others.
komşu, misafir | neighbour, neighbor, guest | Misafir, hayatına yeni giren bir duygu ya da haber gibidir. | A guest is like a feeling or news that has newly entered your life.
melek, peygamber | angel, prophet | Melek, korunma ve yol gösterilme isteğini taşır. | An angel carries the wish to be protected and guided.
`,
);
