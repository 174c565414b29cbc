/* The tables, and how text is folded to be compared with them. */
#include "import/words.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

/* Ended by NULL; folded already. */
static const char *const question_words[] = {
    "qui", "que", "qu", "quoi", "quel", "quelle", "quels", "quelles", "comment", "combien",
    "pourquoi", "quand", "ou", "lequel", "laquelle", "lesquels", "est ce", "y a t il",
    "a quand", "a quoi", "a qui", "a quel", "a quelle", "de quoi", "de quel", "de quelle",
    "d ou", "en quoi", "en quelle", "en quel", "pour quel", "pour quelle", "pour quoi",
    "pour qui", "par qui", "par quoi", "depuis quand", "depuis combien", "dans quel",
    "dans quelle", "sur quoi", "sur quel", "sur quels", "avec qui", "avec quoi", "chez qui",
    "es tu", "as tu", "etes vous", "avez vous", "peux tu", "pouvez vous", "dirais tu",
    "si tu", "si vous", "cela fait combien", "selon toi", "selon vous", "et si",
    "ton", "ta", "tes", "votre", "vos", "un dernier mot", "un mot", "une anecdote",
    "who", "what", "when", "where", "why", "how", "which", "whose", "is", "are", "was",
    "were", "do", "does", "did", "can", "could", "would", "will", "should", "have", "has",
    "if you", "any", "your", "and what", "and how", "so what", "so how", "in what",
    "at what", "for whom", "to whom", "tell", "anything", "what s", "who s",
    "wer", "was", "wie", "wann", "wo", "warum", "wieso", "welche", "welcher", "welches",
    "welchen", "welchem", "woher", "wohin", "womit", "wofur", "wozu", "weshalb", "inwiefern",
    "gibt es", "kannst du", "konnen sie", "seit wann", "mit wem", "fur wen", "in welchem",
    "haben sie", "hast du", "bist du", "sind sie",
    "quien", "cual", "cuales", "como", "cuando", "donde", "por que", "cuanto", "cuantos",
    "cuantos", "cuanta", "hay", "podrias", "puedes", "desde cuando",
    "en que", "de donde", "chi", "che", "cosa", "cos", "da quanto", "da quanti", "da dove",
    "com e", "quanto", "quanti", "quante", "in che", "a che", "come mai", "come sono", "come e",
    "come hai", "come ti", "come vi", "come si", "come nasce", "perche", "dove", "quando",
    "quale",
    "quali", "quem", "qual", "quais", "onde", "o que",
    "hoe", "wat", "waar", "waarom", "waarmee", "waaraan", "waarover", "wanneer", "welk", "welke",
    "hoeveel", "heb jij", "ben jij", "kun jij", "vind jij", "zou jij",
    "hur", "vad", "varfor", "vilken", "vilket", "vilka", "hvad", "hva", "hvordan", "hvorfor",
    "hvem", "hvor", "hvilken", "hvilke", "jak", "jaki", "jaka", "jakie", "kiedy", "gdzie", "kto",
    "dlaczego", "czy", "ktory", "ktora", "ktore", "jaky", "jake", "kdy", "kde", "kdo", "proc",
    NULL
};
static const char *const asking_words[] = {
    "decris", "decrivez", "decrivez nous", "decris nous", "decrire", "raconte", "racontez",
    "parle", "parlez", "parle moi", "parlez moi", "parle nous", "parlez nous", "dis moi",
    "dis nous", "dites moi", "dites nous", "explique", "expliquez", "presente", "presentez",
    "presente toi", "presentes toi", "presentez vous", "nomme", "nommez", "donne", "donnez",
    "cite", "citez",
    "complete", "completez", "imagine", "imaginez", "resume", "resumez", "definis",
    "definissez", "choisis", "partage", "partagez", "question",
    "describe", "tell", "tell us", "tell me", "explain", "introduce", "name", "give",
    "talk about", "talk us", "walk us", "walk me", "share", "list", "define", "imagine",
    "please describe", "please tell", "please explain", "please introduce", "please share",
    "please give", "let s start", "let s begin", "complete", "finish", "sum up", "pick",
    "choose", "let s talk", "let us talk",
    "beschreibe", "beschreiben sie", "erzahl", "erzahlen sie", "nenne", "nennen sie",
    "stell dich vor", "stellen sie sich vor", "fass", "fassen sie", "erklar", "erklaren sie",
    "describe te", "describete", "contame", "contanos", "cuentame", "presentate", "cuentanos",
    "cuenta", "hablanos", "hablame", "explicanos",
    "resume", "resuma", "descrivi", "descriva", "raccontaci", "ci racconti", "ci parli", "dicci",
    "dimmi", "parlami", "raccontami", "parlaci", "riassumi", "riassuma", "presentati",
    "si presenti", "vamos comecar", "empecemos", "cominciamo", "commencons",
    "conte", "conte nos", "fale", "fale nos", "defina", "descreva", "comente", "explique",
    "conta nos", "apresente se", "deixe", "vertel", "vertel eens", "beschrijf",
    "noem", "opowiedz", "opisz", "wymien", "popiste", "popis", "vzpomente", "prozradte",
    "beratta", "beskriv", "fortael", "fortell", NULL
};
static const char *const you_words[] = {
    "tu", "te", "toi", "ton", "ta", "tes", "t", "vous", "votre", "vos",
    "you", "your", "yours", "yourself", "du", "dich", "dir", "dein", "deine", "deinem", "deinen",
    "deiner", "ihr", "ihre", "ihnen", "ihrem", "ihren", "ihrer", "euch", "euer", "eure",
    "usted", "ustedes", "vosotros", "tus", "eres", "tienes", "haces", "crees", "ti", "tuo", "tua",
    "tuoi", "tue", "hai", "lei", "voi", "voce", "voces", "jij", "jou", "jouw", "jullie", "uw",
    "dig", "din", "ditt", "dina", "dine", "ciebie", "twoj",
    "twoja", "twoje", "pani", NULL
};
static const char *const i_words[] = {
    "je", "j", "me", "m", "moi", "mon", "ma", "mes", "nous", "notre", "nos",
    "i", "my", "mine", "myself", "we", "our", "us", "ich", "mich", "mir", "mein", "meine",
    "meinem", "meinen", "meiner", "wir", "unser", "unsere", "unseren", "unserer",
    "yo", "mi", "mis", "nosotros", "nuestro", "nuestra", "soy", "estoy", "tengo", "voy", "hago",
    "creo", "quiero", "io", "mio", "mia", "miei", "noi", "nostro", "nostra", "ho", "faccio",
    "eu", "meu", "meus", "minha", "minhas", "nosso", "nossa", "sou", "estou", "tenho", "vou",
    "acho", "quero",
    "ik", "mij", "mijn", "wij", "ons", "onze", NULL
};
static const char *const contact_words[] = {
    "pour suivre", "pour joindre", "pour contacter", "pour rejoindre", "pour en savoir plus",
    "suivre", "suivez", "suis", "suivez le", "suivez la", "ou suivre", "ou trouver",
    "ou le trouver", "ou la trouver", "ou les trouver", "ou le suivre", "ou la suivre",
    "retrouvez", "retrouver", "retrouve", "trouvez", "rejoignez", "joindre", "contact",
    "contacts", "contacter", "contactez", "coordonnees", "liens", "ses liens", "sur le web",
    "sur les reseaux", "reseaux sociaux", "en ligne", "sur internet",
    "follow", "find", "where to find", "where you can find", "where to follow", "connect",
    "connect with", "contact", "get in touch", "reach", "links", "online", "elsewhere",
    "on the web", "social media", "keep up with", "you can find", "you can follow",
    "kontakt", "folge", "folgen", "siguele", "sigue a", "contacto", "segui", "contatti", NULL
};
static const char *const reading_words[] = {
    "lecture", "lectures", "a lire", "lectures suggerees", "lectures conseillees",
    "lectures recommandees", "suggestions de lecture", "suggestion de lecture",
    "pour aller plus loin", "bibliographie", "a lire sur le sujet", "liens de lecture",
    "articles a lire", "ses lectures", "lectures sur le sujet", "lecture suggeree",
    "lectures complementaires", "lecture complementaire", "livres recommandes",
    "reading", "readings", "reading list", "further reading", "recommended reading",
    "suggested reading", "to read", "read more", "books", "recommended books",
    "what to read next", "more reading", "bibliography", "literatur", "lesetipps",
    "zum weiterlesen", "lecturas", "para leer", "letture", NULL
};
static const char *const credit_words[] = {
    "credit", "credits", "credit photo", "credits photo", "credit photos", "photo",
    "photos", "photo credit", "photo by", "photos by", "photo de", "photographie",
    "photographe", "photographer", "photography", "photography by", "photograph by",
    "picture", "picture by", "image credit", "image", "portrait by", "portrait photo",
    "foto", "credito", "portrait photograph by", NULL
};
static const char *const related_words[] = {
    "autres portraits", "autres articles", "autres entrevues", "autres entretiens",
    "autres interviews", "articles similaires", "articles relies", "articles lies",
    "articles connexes", "articles recents", "billets similaires", "sur le meme sujet",
    "dans la meme serie", "vous aimerez aussi", "vous aimerez peut etre", "a lire aussi",
    "lire aussi", "voir aussi", "a voir aussi", "ca pourrait vous interesser",
    "related posts", "related articles", "related", "other interviews", "other portraits",
    "more interviews", "more portraits", "more from", "more posts", "recent posts",
    "you may also like", "you might also like", "you may also enjoy", "see also",
    "read also", "also in this series", "similar posts", "previous interviews",
    "ahnliche beitrage", "weitere interviews", "auch interessant", "mehr zum thema",
    "lesen sie auch", "das konnte dich auch interessieren", "das konnte sie auch interessieren",
    "te puede interesar", "tambien te puede interesar", "quizas te interese", "lee tambien",
    "articulos relacionados", "artigos relacionados", "leia tambem", "veja tambem",
    "voce tambem pode gostar", "articoli correlati", "leggi anche", "potrebbe interessarti",
    "ti potrebbe interessare", "potrebbero interessarti", "lees ook", "gerelateerde artikelen",
    "entradas relacionadas", NULL
};
static const char *const closing_words[] = {
    "a propos de l auteur", "a propos de l autrice", "a propos de l auteure", "a propos de nous",
    "qui sommes nous", "infolettre", "newsletter", "notre newsletter", "abonnez vous",
    "inscrivez vous", "recevez", "soutenez", "soutenez nous", "partager", "partagez",
    "about the author", "about the interviewer", "about the writer", "about us",
    "about this blog", "about this site", "written by", "our newsletter", "subscribe", "sign up",
    "join our", "join the newsletter", "stay in touch", "stay up to date", "support us",
    "donate", "share this", "uber den autor", "uber die autorin", "uber uns",
    "jetzt abonnieren", "newsletter abonnieren", "abonnieren", "sobre el autor",
    "sobre la autora",
    "sobre nosotros", "suscribete", "boletin", "comparte", "sull autore", "sull autrice",
    "iscriviti", "condividi", "sobre o autor", "sobre a autora", "inscreva se", NULL
};
static const char *const comment_words[] = {
    "laisser un commentaire", "laissez un commentaire", "laisser une reponse",
    "ajouter un commentaire", "ecrire un commentaire", "publier un commentaire",
    "poster un commentaire", "repondre", "annuler la reponse", "votre adresse e mail",
    "votre adresse courriel", "votre adresse de messagerie", "commentaires",
    "aucun commentaire", "les champs obligatoires", "votre commentaire",
    "leave a reply", "leave a comment", "post a comment", "add a comment", "write a comment",
    "cancel reply", "your email address", "required fields", "no comments", "comments",
    "one response to", "one thought on", "comments are closed", "join the discussion",
    "discussion about this post", "schreibe einen kommentar", "kommentar verfassen",
    "kommentare", "deja un comentario", "deja tu comentario", "comentarios",
    "lascia un commento", "commenti", "deixe um comentario", NULL
};
static const char *const furniture_words[] = {
    "partager", "partagez", "partager cet article", "partager sur", "tweet", "tweeter",
    "j aime", "j aime ca", "j aime chargement", "chargement", "imprimer", "envoyer par",
    "publie dans", "classe dans", "etiquettes", "etiquete", "mots cles", "categorie",
    "categories", "article precedent", "article suivant", "billet precedent",
    "billet suivant", "precedent", "suivant", "abonnez vous", "inscrivez vous",
    "recherche", "rechercher", "menu", "accueil", "aller au contenu", "retour en haut",
    "droits reserves", "tous droits reserves", "fierement propulse", "lire la suite",
    "share", "share this", "share on", "sharing", "like this", "like loading", "loading",
    "print", "email this", "posted in", "filed under", "tagged", "tags", "category",
    "previous post", "next post", "previous", "next", "older post", "newer post",
    "subscribe", "sign up", "search", "skip to content", "back to top", "home",
    "all rights reserved", "powered by", "proudly powered", "continue reading",
    "permalink", "advertisement", "publicite", "click to share", "cliquez pour", NULL
};
static const char *const generic_words[] = {
    "portrait", "portraits", "entrevue", "entrevues", "interview", "interviews",
    "entretien", "entretiens", "rencontre", "questions", "conversation", "profil",
    "profile", "q a", "an", "meet", "a", "un", "une", "the", "le", "la", "les", "five",
    "ten", "cinq", "dix", "gesprach", "entrevista", "intervista", "podcast", "episode",
    "invite", "guest", "spotlight", "focus", "zoom", "part", "one", "two", "ma", "petite",
    "my", "little", "q", "series", "talk", "chat", "minutes", "coffee", "host", "minuten",
    "fragen", "preguntas", "minutos", "domande", "minuti", "perguntas", "plauderei", "charla",
    "chiacchierata", "heure", "heures", "journee", "matinee", "soiree", "moment", "cafe", "hour",
    "stunde", "kaffee", "giornata", "caffe", "uur", "koffie", NULL
};
static const char *const of_words[] = {
    "de", "du", "des", "d", "avec", "a", "au", "aux", "of", "with", "for", "to", "from",
    "by", "sur", "on", "mit", "con", "com", "met", "amb", "s", NULL
};
static const char *const particle_words[] = {
    "de", "du", "des", "d", "la", "le", "van", "von", "der", "den", "di", "da", "del",
    "della", "dos", "das", "do", "bin", "ibn", "ben", "al", "el", "y", "e", "ter", "ten",
    "zu", "af", "av", "st", "and", "et", "und", NULL
};
static const char *const meets_words[] = {
    "interview with", "interviews with", "interviewed", "interviewing", "interview",
    "spoke with", "spoke to", "speak with", "speak to", "speaking with", "speaking to",
    "talked to", "talked with", "talk to", "talk with", "talking to", "talking with",
    "conversation with", "chat with", "chatted with", "welcome", "meet", "met", "met with",
    "introducing", "introduce", "q a with", "questions to", "questions for", "questions with",
    "caught up with", "sat down with", "asked",
    "interview avec", "interview de", "interview d", "interviewe", "entretien avec",
    "entrevue avec", "rencontre avec", "rencontre", "rencontrer", "rencontrons", "interroge",
    "portrait de", "portrait d", "conversation avec", "parle a", "parle avec", "discute avec",
    "questions a", "accueillons", "recevons", "demande a",
    "interview mit", "gesprach mit", "gesprochen mit", "sprachen mit", "sprach mit",
    "interviewte", "interviewten", "trafen", "getroffen", "fragten", "befragten", "gefragt",
    "entrevista a", "entrevista con", "entrevistado a", "entrevistamos a", "hablamos con",
    "hablado con", "conversamos con", "conversacion con", "charlamos con", "charla con",
    "presentamos a",
    "intervista a", "intervista ad", "intervista con", "intervistato", "intervistiamo",
    "parlato con", "parliamo con", "conversazione con", "chiacchierata con",
    "entrevista com", "conversamos com", "conversa com",
    "interview met", "gesprek met", "gehouden met", "gesproken met", "sprak met", "spraken met",
    "praatte met", "praatten met", NULL
};
static const char *const wrote_words[] = {
    "by", "par", "von", "por", "written by", "posted by", "text", "texte", "autor", "author",
    "auteur", "photo", "photos", "propos recueillis par", NULL
};
static const char *const firm_words[] = {
    "plateforme", "platform", "plattform", "plataforma", "association", "asociacion",
    "associazione", "magazine", "magazin", "revue", "review", "revista", "rivista", "journal",
    "gazette", "radio", "podcast", "blog", "studio", "studios", "company", "firm", "agency",
    "agence", "agencia", "startup", "group", "groupe", "grupo", "gruppo", "band", "festival",
    "project", "projet", "projekt", "proyecto", "foundation", "fondation", "university",
    "universite", "universitat", "universidad", "universita", "school", "ecole", "schule",
    "institute", "institut", "instituto", "club", "collective", "collectif", "records", "press",
    "media", "news", "network", "software", "app", "game", "games", "library", "museum",
    "musee", "museo", "bibliotheque", "college", "hotel", "cafe", "ltd", "inc", "gmbh", "llc",
    "elementary", "street", "city", "conference", "award", "awards", "series", "showcase", NULL
};
static const char *const runs_words[] = {
    "es tu gestionnaire", "gestionnaire de communaute", "geres tu", "gerez vous",
    "t occupes tu", "vous occupez vous", "administres tu", "animes tu", "travailles tu",
    "travaillez vous", "tu geres", "vous gerez", "do you manage", "do you run",
    "do you work", "you manage", "you run", "do you look after", NULL
};
static const char *const at_words[] = {
    "chez", "pour", "a", "a la", "a l", "au", "at", "for", "of", "de la", "du", NULL
};
static const char *const asks_words[] = {
    "q", "question", "interviewer", "intervieweur", "intervieweuse", "interviewer in",
    "f", "frage", "p", "pregunta", "d", "domanda", "pergunta", "vraag", "otazka", "fraga",
    "pytanie", "kysymys", NULL
};
static const char *const answers_words[] = {
    "a", "r", "reponse", "rep", "answer", "ans", "antwort", "antw", "respuesta", "resp",
    "risposta", "risp", "resposta", "antwoord", "odpoved", "odp", "odpowiedz", "svar", "vastaus",
    NULL
};
static const char *const reply_words[] = {
    "oui", "non", "bien sur", "absolument", "exactement", "tout a fait", "ah", "oh",
    "merci", "c est vrai", "pas vraiment", "yes", "yeah", "no", "not really", "well",
    "absolutely", "exactly", "right", "true", "thanks", "thank you", "sure", "of course", "ja",
    "nein", "genau", "stimmt", "danke", "gern", "gerne", "sehr gern", "sehr gerne", "naja",
    "si claro", "claro", "gracias", "grazie",
    "certo", "sim", "nao", "obrigada", "obrigado", "my pleasure", "avec plaisir", NULL
};
static const char *const thanks_words[] = {
    "merci", "un grand merci", "thank you", "thanks", "many thanks", "danke", "vielen dank",
    "herzlichen dank", "gracias", "muchas gracias", "grazie", "obrigado", "obrigada", NULL
};
static const char *const that_words[] = {
    "c est", "c etait", "ca", "cela", "that", "that s", "this", "das", "eso", "esto", "questo",
    "isso", "sounds", "so you", "so it", "impressionnant", "impressive", NULL
};
static const char *const help_words[] = {
    "faq", "faqs", "f a q", "frequently asked", "frequent questions", "foire aux questions",
    "questions frequentes", "preguntas frecuentes", "haufige fragen", "haufig gestellte fragen",
    "domande frequenti", "perguntas frequentes", NULL
};
static const char *const hiring_words[] = {
    "job interview", "job interviews", "interview tips", "interview advice", "coding interview",
    "technical interview", "questions to ask", "entretien d embauche", "entretiens d embauche",
    "questions a poser", "vorstellungsgesprach", "vorstellungsgesprache", "bewerbungsgesprach",
    "bewerbungsgesprache", "entrevista de trabajo", "entrevista laboral",
    "entrevista de emprego", "colloquio di lavoro", "sollicitatiegesprek", NULL
};
static const char *const date_words[] = {
    "publie le", "poste le", "mis en ligne le", "posted on", "published on", "published",
    "posted", "date", "le", NULL
};
static const char *const via_words[] = {
    "via", "sur", "on", "at", "a", "est", "is", "chez", "par", "by", NULL
};

static const char *const interview_words[] = {
    "interview", "interviews", "interviewed", "q a", "portrait", "portraits", "conversation",
    "entrevue", "entrevues", "entretien", "entretiens", "rencontre", "questions", "profile",
    "profil", "gesprach", "fragen", "entrevista", "entrevistas", "preguntas", "intervista",
    "interviste", "domande", "perguntas", "rozhovor", "wywiad", "intervju", "spotlight", "meet",
    NULL
};
static const char *const myself_words[] = {
    "i am", "i m", "my name is", "my name s", "hi i m", "hi i am", "hello i m", "hello i am",
    "hi my name is", "hello my name is", "je suis", "je m appelle", "moi c est",
    "bonjour je suis",
    "ich bin", "ich heisse", "mein name ist", "hallo ich bin", "me llamo", "mi nombre es", "soy",
    "yo soy", "hola soy", "mi chiamo", "il mio nome e", "sono", "io sono", "ciao sono",
    "meu nome e", "eu sou", "sou", "chamo me", "me chamo", "ola sou", "ik ben", "mijn naam is",
    "jmenuji se", "jsem", "nazywam sie", "jestem", "jag heter", "jeg heter", "jeg hedder", NULL
};
static const char *const responses_words[] = {
    "responses", "answers", "interview", "replies", "antworten", NULL
};
static const char *const guest_words[] = {
    "guest", "our guest", "invite", "notre invite", "notre invitee", "ospite", "il nostro ospite",
    "gast", "unser gast", "onze gast", "invitado", "invitada", "convidado", "convidada",
    "naam", "naam geinterviewde", "geinterviewde", "nome", "nombre", "nom", "interviewte",
    "interviewter", "interviewpartner", "interviewpartnerin", "gesprachspartner",
    "gesprachspartnerin", "intervistato", "intervistata", "entrevistado", "entrevistada",
    "interview with", "an interview with", "interview of", "interview avec", "interview de",
    "interview d", "entretien avec", "rencontre avec", "portrait de", "interview mit",
    "gesprach mit", "entrevista a", "entrevista con", "entrevista com", "intervista a",
    "intervista con", "interviewee", "name", NULL
};
static const char *const address_words[] = {
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "m", "mme", "mlle", "monsieur",
    "madame", "herr", "herrn", "frau", "senor", "senora", "don", "dona", "signor", "signora",
    "dott", "dottor", "senhor", "senhora", "meneer", "mevrouw", NULL
};
static const char *const hello_words[] = {
    "hello", "hi", "hey", "dear", "bonjour", "salut", "cher", "chere", "hallo", "hola", "ciao",
    "ola", "dag", NULL
};

static const char *const *const lists[WORD_LISTS] = {
    [WORDS_QUESTION] = question_words, [WORDS_ASKING] = asking_words,
    [WORDS_YOU] = you_words, [WORDS_I] = i_words, [WORDS_CONTACT] = contact_words,
    [WORDS_READING] = reading_words, [WORDS_CREDIT] = credit_words,
    [WORDS_RELATED] = related_words, [WORDS_COMMENTS] = comment_words,
    [WORDS_FURNITURE] = furniture_words, [WORDS_GENERIC] = generic_words,
    [WORDS_OF] = of_words, [WORDS_PARTICLE] = particle_words, [WORDS_RUNS] = runs_words,
    [WORDS_MEETS] = meets_words, [WORDS_WROTE] = wrote_words, [WORDS_FIRM] = firm_words,
    [WORDS_AT] = at_words, [WORDS_ASKS] = asks_words, [WORDS_ANSWERS] = answers_words,
    [WORDS_REPLY] = reply_words, [WORDS_THANKS] = thanks_words, [WORDS_THAT] = that_words,
    [WORDS_CLOSING] = closing_words, [WORDS_HELP] = help_words, [WORDS_HIRING] = hiring_words, [WORDS_DATE] = date_words,
    [WORDS_VIA] = via_words, [WORDS_MYSELF] = myself_words,
    [WORDS_INTERVIEW] = interview_words, [WORDS_RESPONSES] = responses_words,
    [WORDS_GUEST] = guest_words, [WORDS_HELLO] = hello_words, [WORDS_ADDRESS] = address_words,
};

const char *const words_languages[WORDS_LANGUAGES] = { "fr", "en", "de", "es", "it", "pt", "nl" };

static const char *const small_words[WORDS_LANGUAGES] = {
    " le la les des est et un une que dans pour qui pas sur avec au ce je vous du sont mais ",
    " the and of to is in that it for was with as this are you have not but my on at ",
    " der die und ist das nicht ein ich zu mit den auf eine sich auch als wir aber ",
    " el los que y en las por con para una es del pero mi lo muy como ",
    " il di che e per una sono non con del della mi come ma gli anche ",
    " o os que e em para uma com nao por mais do da um mas meu ",
    " het een van ik je niet dat te zijn voor maar er wat aan om ook naar hij hoe dan ",
};

/* ---- Folding --------------------------------------------------------------- */

static void put_folded(struct buf *out, uint32_t code)
{
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    gsize count = g_unichar_fully_decompose(code, TRUE, parts, G_UNICHAR_MAX_DECOMPOSITION_LENGTH);

    for (gsize i = 0; i < count; i++) {
        gunichar part = g_unichar_tolower(parts[i]);

        if (part == 0x153)
            buf_puts(out, "oe");
        else if (part == 0xE6)
            buf_puts(out, "ae");
        else if (part == 0xDF)
            buf_puts(out, "ss");
        else if (g_unichar_isalnum(part))
            buf_put_code(out, part);
        else if (!g_unichar_ismark(part) && out->data[out->len - 1] != ' ')
            buf_putc(out, ' ');
    }
}

/* Letters and figures of ASCII, a stretch at a time; the end of the stretch. */
static const char *put_plain(struct buf *out, const char *text, const char *end)
{
    char stretch[128];
    size_t count = 0;

    while (text < end && count < sizeof stretch && g_ascii_isalnum(*text))
        stretch[count++] = g_ascii_tolower(*text++);
    buf_append(out, stretch, count);
    return text;
}

char *words_fold(struct arena *arena, const char *text, size_t bytes)
{
    struct buf out = {0};
    const char *end = text + bytes;
    char *fold;

    buf_putc(&out, ' ');
    while (text < end) {
        if (g_ascii_isalnum(*text)) {
            text = put_plain(&out, text, end);
        } else if ((unsigned char)*text >= 0x80) {
            uint32_t code = utf8_next(&text, end);

            if (code != UTF8_BAD)
                put_folded(&out, code);
        } else {
            text++;
            if (out.data[out.len - 1] != ' ')
                buf_putc(&out, ' ');
        }
    }
    if (out.data[out.len - 1] != ' ')
        buf_putc(&out, ' ');
    fold = arena_strndup(arena, out.data, out.len);
    buf_free(&out);
    return fold;
}

/* ---- Comparing -------------------------------------------------------------- */

/* Bytes of PHRASE when the fold at FOLD (a space) goes on with it as whole words,
 * else 0. */
static size_t match(const char *fold, const char *phrase)
{
    const char *at = fold + 1;

    while (*phrase != '\0' && *phrase == *at)
        phrase++, at++;
    return *phrase == '\0' && *at == ' ' ? (size_t)(at - fold) : 0;
}

size_t words_prefix(enum word_list list, const char *fold)
{
    size_t best = 0;

    if (fold[0] != ' ')
        return 0;
    for (const char *const *phrase = lists[list]; *phrase != NULL; phrase++) {
        size_t length = **phrase == fold[1] ? match(fold, *phrase) : 0;

        if (length > best)
            best = length;
    }
    return best;
}

bool words_begin(enum word_list list, const char *fold)
{
    return words_prefix(list, fold) > 0;
}

bool words_are(enum word_list list, const char *fold)
{
    size_t length = words_prefix(list, fold);

    return length > 0 && fold[length + 1] == '\0';
}

bool words_have(enum word_list list, const char *fold)
{
    for (const char *at = fold; at[0] != '\0' && at[1] != '\0'; at++) {
        if (words_prefix(list, at) > 0)
            return true;
        at = strchr(at + 1, ' ') - 1;
    }
    return false;
}

bool words_end(enum word_list list, const char *fold)
{
    const char *at = fold + strlen(fold) - 1;

    for (int words = 0; words < 5 && at > fold; words++) {
        while (at > fold && *--at != ' ')
            ;
        if (words_are(list, at))
            return true;
    }
    return false;
}

size_t words_count(enum word_list list, const char *fold)
{
    size_t count = 0;

    for (const char *at = fold; at[0] != '\0' && at[1] != '\0'; at = strchr(at + 1, ' '))
        count += words_prefix(list, at) > 0;
    return count;
}

/* "Comment" alone is a comment or, in French, asks how: "1. Comment …". */
bool words_count_comments(const char *fold)
{
    static const char *const words[] = { "response", "responses", "comment on", "comments",
        "commentaire", "commentaires", "reponse", "reponses", "thoughts", "replies",
        "kommentare", "comentarios", "commenti", NULL };
    size_t digits = strspn(fold + (*fold == ' '), "0123456789") + 1;

    if (digits < 2 || digits > 5 || fold[digits] != ' ')
        return false;
    if (strcmp(fold + digits, " comment ") == 0)
        return true;
    for (const char *const *word = words; *word != NULL; word++)
        if (strncmp(fold + digits + 1, *word, strlen(*word)) == 0 &&
            fold[digits + 1 + strlen(*word)] == ' ')
            return true;
    return false;
}

size_t fold_words(const char *fold)
{
    size_t spaces = 0;

    for (; *fold != '\0'; fold++)
        spaces += *fold == ' ';
    return spaces == 0 ? 0 : spaces - 1;
}

uint64_t fold_hash(const char *fold, size_t bytes)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < bytes; i++)
        hash = (hash ^ (unsigned char)fold[i]) * 1099511628211u;
    return hash;
}

size_t fold_after(const char *fold, size_t count)
{
    const char *at = fold;

    while (count > 0 && at[0] != '\0' && at[1] != '\0') {
        at = strchr(at + 1, ' ');
        count--;
    }
    return (size_t)(at - fold);
}

size_t words_voted(const size_t votes[WORDS_LANGUAGES])
{
    size_t best = 0;

    for (size_t i = 1; i < WORDS_LANGUAGES; i++)
        if (votes[i] > votes[best])
            best = i;
    return best;
}

void words_vote(const char *fold, size_t votes[WORDS_LANGUAGES])
{
    for (const char *at = fold; at[0] != '\0' && at[1] != '\0';) {
        const char *end = strchr(at + 1, ' ');
        size_t length = (size_t)(end - at) + 1;
        char word[8];

        if (length < sizeof word) {
            memcpy(word, at, length);
            word[length] = '\0';
            for (size_t i = 0; i < WORDS_LANGUAGES; i++)
                votes[i] += strstr(small_words[i], word) != NULL;
        }
        at = end;
    }
}
