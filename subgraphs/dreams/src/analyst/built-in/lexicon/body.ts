import { symbols } from './symbol.ts';

export const body = symbols(
  'body',
  `
diş | tooth, teeth | Diş, gücünü ve kendini nasıl gösterdiğini anlatır; dökülmesi, bir şeyi kaybetme ya da söylediklerinin geri alınamaması kaygısı olabilir. | Teeth tell of your strength and of how you show yourself; losing them can be the worry of losing ground, or of words that cannot be taken back.
saç | hair | Saç, kimliğin ve çekiciliğinle ilgilidir; kesilmesi bir dönemi kapatma isteğini gösterebilir. | Hair has to do with who you are and how you appear; cut off, it may show the wish to close a chapter.
göz | eye | Göz, görmek istediğin ya da görülmekten çekindiğin bir şeyi anlatır. | Eyes tell of something you want to see, or fear being seen in.
el | hand | El, elinden geleni ve birine uzanma isteğini taşır. | A hand carries what you can do, and the wish to reach out to somebody.
ayak | foot, feet | Ayak, nerede durduğunu ve nereye yöneldiğini gösterir. | Feet show where you stand, and which way you are turning.
kol | arm | Kol, kucaklama ve koruma isteğini taşır. | Arms carry the wish to embrace and to protect.
bacak, diz | leg, knee | Bacak, ilerleme gücünü anlatır; kıpırdayamıyorsan bir konuda tutulup kalmış olabilirsin. | Legs tell of the strength to go on; if they would not move, you may feel stuck in some matter.
parmak, tırnak | finger, nail | Parmak ve tırnak, ayrıntıları ve küçük incinmeleri düşündürür. | Fingers and nails suggest details, and small hurts.
kan | blood | Kan, yaşam gücünü ve aile bağını taşır; akıyorsa, seni yoran bir kayba bakmak iyi olur. | Blood carries life and kinship; where it flows, it is good to look at what is draining you.
yara | wound, injury, scar | Yara, iyileşmeyi bekleyen bir incinmedir; rüyada görünmesi ona bakmaya hazır olduğunu söyleyebilir. | A wound is a hurt that waits to heal; that it shows may say you are ready to look at it.
yüz | face | Yüz, dışarıya gösterdiğin ve içinde tuttuğun arasındaki farkı düşündürür. | A face suggests the difference between what you show and what you keep inside.
kalp'~, yürek | heart | Kalp, sevgiyle ve cesaretle ilgili bir meseleyi öne çıkarır. | The heart brings forward a matter of love, or of courage.
ağız/ağz, dil | mouth, tongue | Ağız, söylenen ve söylenemeyen sözlerle ilgilidir. | The mouth has to do with words, said and unsaid.
burun/burn | nose | Burun, sezgini ve sınırlarını anlatır: başkasının işine mi, kendi yoluna mı? | The nose tells of instinct and of boundaries.
kulak | ear | Kulak, duyman gereken ya da duymak istemediğin bir sözü hatırlatır. | Ears recall a word that you need to hear, or would rather not.
kemik, iskelet | bone, skeleton | Kemik, her şey gidince geriye kalan özü gösterir. | Bones show what is left when all else is gone.
kafa | head, skull | Baş, düşüncelerinle ve kontrol duygunla ilgilidir. | The head has to do with thinking, and with being in control.
gözyaşı/gözyaş | tear, tears | Gözyaşı, tutulan bir duygunun yumuşayıp akmasıdır. | Tears are a feeling held back that softens and flows.
kanat | wing | Kanat, yükselme ve birini koruma isteğini taşır. | A wing carries the wish to rise, and to shelter somebody.
boyun/boyn, omuz/omz, sırt | neck, shoulder, shoulders | Boyun ve omuzlar, taşıdığın sorumluluğun ağırlığını gösterir. | Neck and shoulders show the weight of what you have taken on.
karın/karn, mide | belly, stomach | Karın, sindiremediğin bir olayı ya da içgüdülerini anlatır. | The belly tells of something you cannot digest, or of your gut feeling.
hastalık, hasta | illness, sickness, disease | Hastalık, ilgi ve dinlenme isteyen bir yanını düşündürür; rüya bir teşhis değildir. | Illness suggests a side of you that wants care and rest; a dream is no diagnosis.
`,
);
