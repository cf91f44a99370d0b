import { symbols } from './symbol.ts';

export const nature = symbols(
  'nature',
  `
su/suy | water, waters | Su, duyguların en eski dilidir: berraksa içinde bir şeyler duruluyor, bulanıksa henüz adını koyamadığın bir şey var demektir. | Water is the oldest language of feeling: clear, it says that something in you is settling; murky, that something has no name yet.
deniz, okyanus | sea, ocean | Deniz, duygularının büyüklüğünü taşır; kıyısında mı, içinde mi, derininde mi olduğun, kendine ne kadar yaklaştığını anlatabilir. | The sea carries the size of what you feel; whether you stood at its shore, swam in it or sank says how near you dare to come to it.
nehir/nehr, ırmak, dere | river, stream | Nehir, hayatın seni taşıdığı yöndür; akıntıya karşı mı gidiyorsun, yoksa bırakıyor musun, ona bakmaya değer. | A river is the direction that life carries you in; it is worth asking whether you were with its current or against it.
göl | lake, pond | Göl, kendi üstüne kapanmış, sakin duran duygulardır; yüzeyin altında olanı merak ediyor olabilirsin. | A lake is feeling that rests in itself; you may be curious about what lies under its surface.
dalga | wave | Dalgalar, gelip geçen ama seni sarsan duyguları andırır; hangisinin altında kaldığın, hangisini aştığın önemli. | Waves are like feelings that pass and still shake you; it matters which of them went over you, and which you rode.
yağmur | rain | Yağmur, birikmiş bir şeyin sonunda boşalmasıdır; ardından gelen ferahlık da çoğu zaman rüyanın bir parçasıdır. | Rain is something pent up that finally lets go, and the relief after it usually belongs to the dream as well.
kar | snow | Kar, sesleri ve renkleri örter; bir şeyin üstünü örtmek ya da dinlenmek istiyor olabilirsin. | Snow covers sound and colour; you may want to cover something up, or simply to rest.
buz | ice | Buz, donmuş kalan bir duyguyu düşündürür; birine ya da bir şeye karşı mesafeni koruyor olabilirsin. | Ice suggests a feeling that has frozen over; perhaps you are keeping your distance from someone or something.
fırtına, kasırga | storm, hurricane, tornado | Fırtına, dışarıda değil çoğu zaman içeride kopar; söylenmemiş bir öfkeyi ya da yaklaşan bir değişimi haber verebilir. | A storm mostly breaks inside; it may announce an anger that was not spoken, or a change that is coming.
rüzgar | wind | Rüzgar, elinde olmadan yön değiştiren şeyleri anlatır; seni itiyor muydu, durduruyor muydu? | Wind stands for what changes direction without asking you; did it push you on, or hold you back?
şimşek, yıldırım | lightning, thunder | Şimşek, bir anda gelen bir kavrayış gibidir: kısa sürer, ama her yeri aydınlatır. | Lightning is like an insight that comes at once: it does not last, but it shows everything.
bulut | cloud | Bulut, kararsızlığın ya da üstüne çöken bir ruh halinin resmi olabilir; bulutlar dağılır da. | A cloud can be the picture of an undecided matter, or of a mood that sits on you; clouds also pass.
gökyüzü/gökyüz | sky, heaven, heavens | Gökyüzü, önünde açık duran imkânları gösterir; ona bakışındaki his, geleceğe bakışına benzer. | The sky shows what is open before you; how it felt to look at it is much like how you look ahead.
güneş | sun, sunrise, sunshine | Güneş, canlılığı ve görünür olma isteğini taşır; bir şeyin açığa çıkmasına hazır olabilirsin. | The sun carries vitality and the wish to be seen; you may be ready for something to come to light.
ay, dolunay | moon | Ay, gece görünen yanını, sezgilerini temsil eder; gündüz susturduğun bir ses orada konuşuyor olabilir. | The moon stands for the side of you that shows at night; a voice that you hush by day may be speaking.
yıldız | star | Yıldız, uzak ama yol gösteren bir umuttur; uzun süredir ertelediğin bir dileği hatırlatabilir. | A star is a hope that is far off and still shows the way; it may recall a wish that you have long put off.
karanlık | darkness, dark | Karanlık, henüz bilmediğini gösterir; korkutucu olduğu kadar, yeni bir şeyin başladığı yerdir de. | Darkness shows what you do not know yet; it frightens, and it is also where new things begin.
ışık | light | Işık, aradığın açıklığın yaklaştığını düşündürür; nereden geldiği, yardımı nereden beklediğini söyleyebilir. | Light suggests that the clarity you look for is near; where it came from may say where you expect help from.
ateş, alev | fire, flame | Ateş hem ısıtır hem yakar: bir tutku, bir öfke ya da temizlenip yeniden başlama isteği olabilir. | Fire both warms and burns: it can be a passion, an anger, or the wish to clear things away and start again.
yangın | blaze, wildfire | Yangın, kontrolünden çıkmasından korktuğun bir duyguyu anlatabilir; önce neyi kurtarmak istediğin çok şey söyler. | A blaze can be a feeling that you fear will get out of hand; what you wanted to save first says a great deal.
duman, sis | smoke, fog, mist | Duman ya da sis, önünü görememenin resmidir; bir kararda acele etmemek gerektiğini hissediyor olabilirsin. | Smoke and fog picture not seeing ahead; you may feel that some decision should not be rushed.
toprak | earth, soil | Toprak, güveni ve köklerini taşır; sağlam bir yere basma ihtiyacını anlatıyor olabilir. | Earth carries trust and roots; it may be about needing firm ground under your feet.
çamur, bataklık | mud, swamp | Çamur, ilerlemeyi zorlaştıran, ağırlaştıran bir durumu anlatır; ama içinden çıkılır. | Mud tells of a situation that makes each step heavy, and that one can still get out of.
taş, kaya | stone, rock | Taş, değişmeyen ve ağır gelen şeydir; bir yük de olabilir, üstüne basıp yükseleceğin bir zemin de. | Stone is what is heavy and does not change; it can be a burden, or something to stand on.
dağ, tepe | mountain, hill | Dağ, gözünde büyüyen bir hedefi ya da engeli gösterir; eteğinde mi, yolunda mı, zirvesinde mi olduğun önemli. | A mountain shows a goal or an obstacle that has grown tall; it matters whether you were at its foot, on its path or on top.
orman | forest, woods, jungle | Orman, bilincin bilmediği yeridir; kaybolmak da orada, kendine ait bir yol bulmak da. | The forest is the unmapped part of the mind; one gets lost in it, and one finds a path of one's own there.
ağaç | tree | Ağaç, büyümeni ve köklerini bir arada gösterir; dalları kadar kökleri de senin. | A tree shows your growth and your roots together; both are yours, the branches and what holds them.
yaprak | leaf, leaves | Yaprak, zamanı gelince bırakılması gereken bir şeyi düşündürür. | A leaf suggests something that may be let go when its time has come.
çiçek, gül, papatya | flower, blossom | Çiçek, açılmaya hazır narin bir yanını gösterir; ilgi bekleyen bir ilişki ya da istek olabilir. | A flower shows a tender side that is ready to open; a relationship or a wish may be waiting for care.
çöl | desert | Çöl, yalnızlığı ve eksikliğini duyduğun bir şeyi anlatır; orada neyi aradığına bak. | A desert tells of loneliness, and of something that you are missing; look at what you were searching for there.
ada | island | Ada, biraz uzaklaşma isteğini ya da yalnız kaldığın duygusunu taşıyabilir. | An island may carry the wish to get away for a while, or the feeling of being left alone.
mağara | cave | Mağara, sığınılan ve saklanılan yerdir; kendi derinine inmeye hazırlanıyor olabilirsin. | A cave is where one shelters and hides; you may be preparing to go down into your own depths.
deprem, zelzele | earthquake | Deprem, sağlam sandığın bir zeminin oynadığını hissettirir; bir düzen değişiyor olabilir. | An earthquake makes you feel that ground you trusted is moving; some order may be changing.
sel | flood | Sel, taşan duygulardır: tek tek başa çıkılabilecek şeyler üst üste gelmiş olabilir. | A flood is feeling that has burst its banks: things that can be handled one by one may have come all at once.
uçurum | cliff, abyss | Uçurum, geri dönüşü olmayan bir kararın kıyısında durma hissini taşır. | A cliff carries the feeling of standing at the edge of a decision that cannot be undone.
gökkuşağı/gökkuşağ | rainbow | Gökkuşağı, zor bir dönemin ardından gelen barışma ve umut duygusudur. | A rainbow is the sense of peace and hope that follows a hard time.
yanardağ, volkan | volcano | Yanardağ, uzun süre tutulmuş bir öfkenin ya da tutkunun resmidir. | A volcano is the picture of an anger or a passion that was held in for long.
`,
);
