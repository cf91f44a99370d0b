import { symbols } from './symbol.ts';

/** What people say they felt. Of each, the meaning follows their word for it. */
export const feelings = symbols(
  'feelings',
  `
korkmak, korku, korkunç, ürkmek, dehşet | afraid, fear, scared, terrified, frightened, scary | Bu korku, gerçek hayatta seni zorlayan ama adını koymadığın bir şeye ait olabilir; rüya onu güvenli bir yerde karşına çıkarır. | This fear may belong to something that strains you by day and has no name; the dream lets you meet it in a safe place.
sevinmek, sevinç, mutlu, neşe, mutluluk | happy, joy, glad, joyful, happiness | Bu sevinç, hayatında çoğalmasını istediğin bir şeyi gösterir; onu ne getirdiyse ona yer aç. | This joy shows something that you want more of; make room for whatever brought it.
üzülmek, üzgün, hüzün/hüzn, keder, mutsuz | sad, sadness, sorrow, grief | Bu hüzün, bir kaybın ya da bir özlemin henüz yerini bulmadığını söyler. | This sadness says that a loss, or a longing, has not found its place yet.
kızmak, öfke, sinirlenmek, öfkelenmek, kızgın | angry, anger, furious, rage | Bu öfke, bir sınırının aşıldığını haber verir; söylenmesi gereken bir "hayır" olabilir. | This anger reports that one of your bounds was crossed; there may be a "no" to be said.
utanmak, utanç | ashamed, shame, embarrassed | Bu utanma, başkalarının gözüyle kendine ne kadar sert baktığını gösterir. | This shame shows how harshly you look at yourself with the eyes of others.
özlemek, özlem, hasret | longing, homesick, yearning | Bu özlem, hayatında eksik kalan bir sıcaklığı gösterir. | This longing shows a warmth that your life is short of.
şaşırmak, şaşkın | surprised, amazed, astonished | Bu şaşkınlık, kendinle ilgili beklemediğin bir şeyi fark etmeye yakın olduğunu söyler. | This surprise says that you are close to noticing something unexpected about yourself.
suçluluk, pişman, pişmanlık | guilt, guilty, regret | Bu suçluluk, onarmak istediğin bir şeye işaret edebilir; önce kendine nasıl baktığına bak. | This guilt may point to something that you want to mend; look first at how you look at yourself.
huzur, huzurlu, rahatlamak, rahat | peace, peaceful, calm, relieved | Bu huzur, içinde yorulmadan durabildiğin bir yer olduğunu hatırlatır. | This peace reminds you that there is a place in you where you can rest.
çaresiz, çaresizlik, umutsuz | helpless, hopeless, despair | Bu çaresizlik, tek başına taşımaya çalıştığın bir şeyin ağırlığıdır; biriyle paylaşmak iyi gelebilir. | This helplessness is the weight of something you try to carry alone; it may do good to share it.
endişe, endişelenmek, kaygı, tedirgin, panik | anxious, anxiety, worried, worry, nervous, panic | Bu kaygı, önündeki bir belirsizliğe hazırlanma çabandır. | This worry is your effort to be ready for something uncertain ahead.
sevmek, sevgi, aşk | love, loved, loving | Bu sevgi, verdiğin ve beklediğin yakınlığı görünür kılıyor. | This love makes visible the closeness that you give, and hope for.
yalnız, yalnızlık | alone, lonely, loneliness | Bu yalnızlık, görülme ve eşlik edilme ihtiyacını anlatır. | This loneliness tells of the need to be seen and to have company.
tiksinmek, iğrenmek, iğrenç | disgust, disgusted, disgusting | Bu tiksinti, hayatında artık kabul etmek istemediğin bir şeyi gösterir. | This disgust shows something in your life that you no longer want to accept.
`,
);
