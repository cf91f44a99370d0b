import { symbols } from './symbol.ts';

export const places = symbols(
  'places',
  `
ev | house, home | Ev, çoğu zaman kendindir: odaları, hayatının ayrı ayrı yerleri gibidir. | A house is mostly yourself: its rooms are like the rooms of your life.
oda | room | Oda, kendine ayırdığın ya da kapalı tuttuğun bir alanı gösterir. | A room shows a space that you keep for yourself, or keep closed.
kapı | door, doors, gate | Kapı, bir geçiştir: açıksa hazırsın, kilitliyse bir izin ya da cesaret bekliyorsun. | A door is a passage: open, you are ready; locked, you are waiting for leave, or for courage.
pencere, cam | window | Pencere, dışarıya nereden baktığını ve neyi içeri almak istediğini anlatır. | A window tells from where you look out, and what you want to let in.
merdiven | stairs, ladder, staircase | Merdiven, adım adım değişen bir durumu gösterir; çıkmak çaba, inmek kendine dönmek olabilir. | Stairs show something that changes step by step; up may be effort, down a turning to yourself.
asansör | elevator, lift | Asansör, hızla değişen ama senin yönetmediğin bir gidişi anlatır. | An elevator tells of a quick change that you do not steer.
çatı | roof, attic | Çatı, düşüncelerini ve seni koruyan şeyi temsil eder. | The roof stands for your thoughts, and for what protects you.
bodrum, mahzen | basement, cellar | Bodrum, kaldırıp sakladığın anıların durduğu yerdir. | The basement is where put-away memories are kept.
mutfak | kitchen | Mutfak, beslendiğin ve bir şeyi dönüştürdüğün yerdir. | The kitchen is where you are fed, and where things are turned into others.
banyo, tuvalet, hamam | bathroom, toilet, shower | Banyo, arınma ve mahremiyet ihtiyacını anlatır. | A bathroom tells of the need to be cleansed, and of privacy.
yatak | bed | Yatak, dinlenmeyi ve yakınlığı taşır. | A bed carries rest, and closeness.
ayna | mirror | Ayna, kendine nasıl baktığını sorar: gördüğün sana benziyor muydu? | A mirror asks how you look at yourself: was what you saw like you?
duvar | wall | Duvar, bir engeli ya da kendini korumak için çektiğin bir sınırı gösterir. | A wall shows an obstacle, or a boundary that you drew to protect yourself.
bahçe | garden, yard | Bahçe, emek verdiğin ve büyümesini beklediğin şeydir. | A garden is what you have cared for, and wait to see grow.
okul, sınıf | school, classroom, university | Okul, hâlâ öğrenmekte olduğun bir konuyu ve değerlendirilme duygusunu geri getirir. | School brings back something you are still learning, and the feeling of being judged.
sınav, imtihan | exam, test | Sınav, hazırlıksız yakalanma kaygısıdır; seni kimin sınadığını sormak iyi olur. | An exam is the worry of being caught unprepared; it is good to ask who is testing you.
hastane | hospital, clinic | Hastane, bakım isteyen bir yanını ve iyileşme umudunu gösterir. | A hospital shows a side that wants care, and the hope of getting well.
hapishane, hapis, zindan | prison, jail | Hapishane, kendini kısıtlanmış hissettiğin bir durumu anlatır; anahtar bazen içeridedir. | A prison tells of a situation that confines you; the key is sometimes on the inside.
köprü | bridge | Köprü, iki dönem ya da iki insan arasında geçişi temsil eder. | A bridge stands for the crossing between two times, or two people.
şehir/şehr, kent | city, town | Şehir, başkalarıyla kurduğun düzeni ve kalabalıktaki yerini gösterir. | A city shows the order you share with others, and your place in the crowd.
köy | village | Köy, geçmişe, köklere ya da daha yalın bir hayata duyulan özlemi taşır. | A village carries a longing for the past, for roots, or for a simpler life.
sokak, cadde | street | Sokak, herkesin gördüğü yerde nasıl yürüdüğünü anlatır. | A street tells how you walk where all can see you.
mezar, mezarlık | grave, cemetery, tomb | Mezar, kapanmış ya da kapanmayı bekleyen bir dönemi gösterir. | A grave shows a chapter that has closed, or is waiting to be.
cami, kilise, tapınak | mosque, church, temple | İbadet yeri, anlam ve sığınma ihtiyacını taşır. | A place of worship carries the need for meaning, and for refuge.
saray, kale, şato | palace, castle | Saray ya da kale, değer görme isteğini ve kendini koruma biçimini anlatır. | A palace or castle tells of the wish to be valued, and of how you guard yourself.
tünel | tunnel | Tünel, ucunu göremediğin ama içinden geçtiğin bir dönemdir. | A tunnel is a time whose end you cannot see, and which you are passing through.
labirent | maze, labyrinth | Labirent, çok seçenekli bir kararı ve yolunu arama duygusunu gösterir. | A maze shows a decision with many turns, and the search for your way.
kuyu, çukur | pit, hole | Kuyu, içine düşmekten korktuğun ama dibinde su da olan bir derinliktir. | A pit is a depth that you fear to fall into, and that may have water at its bottom.
ofis, işyeri/işyer | office, workplace | İş yeri, sorumluluklarının rüyana kadar geldiğini söyler. | The workplace says that your duties have followed you into the dream.
havuz | pool | Havuz, sınırları belli, güvenli tutulan duyguları anlatır. | A pool tells of feelings that are kept within safe bounds.
pazar, çarşı, market, dükkan | market, shop, store | Çarşı, seçeneklerini ve neye değer biçtiğini gösterir. | A market shows your choices, and what you set a price on.
otel | hotel | Otel, kalıcı olmadığını bildiğin bir durumu anlatır. | A hotel tells of a state that you know is not to last.
kule | tower | Kule, uzaktan bakma ve korunma isteğini; bazen de yalnızlığı taşır. | A tower carries the wish to look on from afar and be safe; at times loneliness.
`,
);
