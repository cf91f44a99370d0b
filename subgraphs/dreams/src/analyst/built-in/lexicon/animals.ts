import { symbols } from './symbol.ts';

export const animals = symbols(
  'animals',
  `
yılan | snake, serpent | Yılan, hem tehlikeyi hem yenilenmeyi taşır: deri değiştirdiği gibi, sende de eskiyen bir şey bırakılmayı bekliyor olabilir. | The snake carries both danger and renewal: as it sheds its skin, something in you may be waiting to be left behind.
köpek | dog, puppy | Köpek, sadakati ve güveni anlatır; sana nasıl davrandığı, birine ne kadar güvendiğini gösterebilir. | A dog tells of loyalty and trust; how it treated you may show how far you trust somebody.
kedi | cat, kitten | Kedi, bağımsızlığı ve sezgiyi taşır; kendi bildiğince davranmak isteyen bir yanın olabilir. | The cat carries independence and intuition; a side of you may want to do as it pleases.
at | horse | At, içindeki gücü ve onu yönlendirme becerini gösterir: dizginler kimin elindeydi? | The horse shows the strength in you and how you steer it: who held the reins?
kuş | bird | Kuş, özgürlük isteğini ve haber beklentisini taşır; uçup gidiyorsa bırakmaya, konuyorsa kabul etmeye yakınsın. | A bird carries the wish for freedom, and the expectation of news; flying off it is about letting go, settling about taking in.
balık | fish | Balık, derinden yüzeye çıkan bir düşünce ya da bereket gibidir. | A fish is like a thought that comes up from the deep, or like plenty.
örümcek | spider | Örümcek, sabırla örülen bir ağı anlatır: içine düştüğün bir durum da olabilir, kendi kurduğun bir plan da. | A spider tells of a web that is patiently woven: it may be a situation you are caught in, or a plan of your own.
böcek, hamamböceği/hamamböceğ, sinek | insect, bug, cockroach | Böcekler, küçük görünüp rahatsız eden kaygıları andırır; sayıları çoksa biriken işleri de. | Insects are like worries that look small and still bother; many of them may be tasks that have piled up.
karınca | ant | Karınca, emeğini ve düzen arayışını gösterir; yorulduğunu da söylüyor olabilir. | The ant shows your work and your search for order; it may also say that you are tired.
arı | bee, wasp | Arı, çalışmanın tatlı karşılığını ve sokan sözleri bir arada taşır. | A bee carries the sweet reward of work and words that sting, both at once.
kelebek | butterfly | Kelebek, dönüşümün en hafif halidir: uzun bir hazırlığın ardından açılan bir şey var. | The butterfly is change at its lightest: after long preparation, something is opening.
kurt~ | wolf, wolves | Kurt, hem yalnız başına ayakta kalan hem sürüsünü arayan yanını gösterir; bir güvensizliğe de işaret edebilir. | The wolf shows the side of you that stands alone and still looks for its pack; it can also point to distrust.
aslan, kaplan | lion, tiger | Aslan, cesaretini ve otoriteyle ilişkini anlatır: karşında mıydı, yanında mı? | The lion tells of your courage and of how you stand with authority: was it against you, or at your side?
ayı | bear | Ayı, koruyucu ama ürkütücü bir gücü taşır; dinlenip toparlanma ihtiyacını da. | The bear carries a power that protects and frightens; also the need to withdraw and recover.
fare, sıçan | mouse, mice, rat | Fare, içini kemiren küçük bir kuşkuyu andırır; görmezden geldikçe büyüyebilir. | A mouse is like a small doubt that gnaws; it may grow while it is overlooked.
inek, öküz/öküz, boğa | cow, bull, ox | İnek bereketi, boğa ise inadı ve gücü taşır; ikisi de emek ister. | A cow stands for plenty, a bull for strength and stubbornness; both ask for work.
koyun, kuzu | sheep, lamb | Koyun, uyum sağlamayı; kuzu, korunmak isteyen masum bir yanını anlatır. | Sheep tell of fitting in; a lamb tells of an innocent side that wants protection.
eşek | donkey | Eşek, taşıdığın yükleri ve inadını hatırlatır: hepsi senin yükün mü? | The donkey recalls the loads you carry, and your stubbornness: are all of these loads yours?
tavuk, horoz | chicken, hen, rooster | Tavuk ve horoz, gündelik hayatın düzenini ve uyanma vaktini düşündürür. | Hens and roosters suggest the order of daily life, and the hour of waking up.
kartal, şahin | eagle, hawk, falcon | Kartal, olan bitene yukarıdan bakma isteğini gösterir. | The eagle shows the wish to look at it all from above.
güvercin, kumru | dove, pigeon | Güvercin, barışma isteğini ya da beklenen bir haberi taşır. | A dove carries the wish for peace, or news that is awaited.
karga | crow, raven | Karga, hoşlanmadığın ama duyman gereken bir gerçeği andırır. | The crow is like a truth that you do not care for and need to hear.
baykuş | owl | Baykuş, karanlıkta gören yanını, sezgilerini temsil eder. | The owl stands for the side of you that sees in the dark.
kurbağa | frog, toad | Kurbağa, görünüşün ötesinde bir dönüşümü düşündürür. | A frog suggests a change that lies behind appearances.
kaplumbağa | turtle, tortoise | Kaplumbağa, kendi temponu ve kabuğuna çekilme ihtiyacını gösterir. | The turtle shows your own pace, and the need to withdraw into a shell.
tilki | fox | Tilki, kurnazlığı taşır: kimden sakındığını ya da neyi dolaylı söylediğini düşündürür. | The fox carries cunning: it makes one ask whom you beware of, or what you say in a roundabout way.
fil | elephant | Fil, unutulmayan büyük bir konuyu, odadaki konuşulmayan şeyi andırır. | The elephant is the large matter that is not forgotten, and that nobody in the room speaks of.
maymun | monkey, ape | Maymun, oyuncu ama dağınık bir zihni gösterir. | The monkey shows a playful mind that jumps about.
timsah | crocodile, alligator | Timsah, yüzeyin hemen altında bekleyen bir tehdit hissidir. | The crocodile is the sense of a threat that waits just below the surface.
köpekbalığı/köpekbalığ | shark | Köpekbalığı, duygusal olarak savunmasız kaldığın bir yerde sezdiğin tehlikedir. | The shark is a danger sensed where you feel exposed.
akrep | scorpion | Akrep, yakından gelebilecek bir incinmeyi düşündürür. | The scorpion suggests a hurt that might come from close by.
deve | camel | Deve, sabrı ve uzun yola dayanma gücünü anlatır. | The camel tells of patience, and of the strength for a long way.
tavşan | rabbit, hare | Tavşan, ürkekliği ve hızla kaçma isteğini; bazen de bereketi taşır. | The rabbit carries timidity and the urge to run; at times plenty, too.
ejderha | dragon | Ejderha, gözünde büyüttüğün ama yüzleşince güç verecek bir korkudur. | The dragon is a fear that you have made large, and that gives strength once it is faced.
`,
);
