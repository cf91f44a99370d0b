import { symbols } from './symbol.ts';

export const ways = symbols(
  'ways',
  `
yol | road, path | Yol, hayatında tuttuğun yönü gösterir: düz müydü, çatallı mı, yarım mı kalıyordu? | A road shows the direction your life is taking: was it straight, forked, or did it break off?
yolculuk, seyahat' | journey, trip, travel, voyage | Yolculuk, içinde olduğun bir geçişi anlatır; varış kadar yanında kimin olduğu da önemlidir. | A journey tells of a passage that you are in; who was with you matters as much as where it led.
araba, otomobil | car, truck | Araba, hayatını nasıl yönettiğini gösterir: direksiyonda kim vardı? | A car shows how you steer your life: who was at the wheel?
otobüs, minibüs | bus | Otobüs, başkalarıyla paylaştığın bir yönü; kaçırdıysan bir fırsat kaygısını anlatır. | A bus tells of a direction shared with others; missed, of the fear of missing a chance.
tren, metro | train, subway | Tren, kurulmuş bir düzende ilerlemektir; inmek ya da binmek bir karardır. | A train is going along on laid tracks; to get on or off is a decision.
gemi, tekne, kayık, vapur | ship, boat, ferry | Gemi, duyguların üzerinde yol alma biçimindir; batıyorsa taşıdığın yük ağır gelmiş olabilir. | A ship is how you travel over what you feel; sinking, its load may have grown too heavy.
uçak | airplane, plane, aeroplane | Uçak, hızlı ve büyük bir değişimi, yükselme isteğini taşır. | A plane carries a large and quick change, and the wish to rise.
bisiklet, motosiklet | bicycle, bike, motorcycle | Bisiklet, kendi gücünle dengede kalmayı anlatır. | A bicycle tells of keeping your balance by your own strength.
bavul, valiz, çanta | suitcase, luggage, bag | Bavul, yanında taşıdığın geçmişi gösterir: hepsi gerekli mi? | Luggage shows the past that you carry along: is all of it needed?
bilet, pasaport | ticket, passport | Bilet, bir geçişe izin aldığını ya da beklediğini gösterir. | A ticket shows that you have leave for a passage, or are waiting for it.
harita, pusula | map, compass | Harita, yön bulma ihtiyacını anlatır. | A map tells of the need to find your bearings.
istasyon, durak, havaalanı/havaalan, havalimanı/havaliman | station, airport | Bekleme yerleri, bir şeyin başlamak üzere olduğunu ama henüz başlamadığını söyler. | Places of waiting say that something is about to begin, and has not yet.
kaza | accident, crash | Kaza, iki isteğin çarpışmasını ya da hızını kontrol edememe kaygısını gösterir. | An accident shows two wishes colliding, or the fear of losing control of your pace.
`,
);
