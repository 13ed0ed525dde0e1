/** Irregular English forms, each line a base and its other forms; and the everyday short forms of longer words. */
export const WORD_FORMS = `go went gone|buy bought|teach taught|take took taken|make made|get got gotten|give gave given|see saw seen|eat ate eaten
drink drank drunk|write wrote written|run ran|swim swam swum|drive drove driven|fly flew flown|begin began begun|win won|lose lost|find found
feel felt|keep kept|leave left|meet met|pay paid|say said|sell sold|send sent|sing sang sung|sit sat|sleep slept|speak spoke spoken|spend spent
stand stood|tell told|think thought|understand understood|wear wore worn|break broke broken|bring brought|build built|catch caught
choose chose chosen|come came|do did done|draw drew drawn|fall fell fallen|fight fought|forget forgot forgotten|grow grew grown|hear heard
hold held|know knew known|ride rode ridden|ring rang rung|rise rose risen|shoot shot|show shown|steal stole stolen|throw threw thrown
wake woke woken|become became|bite bit bitten|blow blew blown|freeze froze frozen|hide hid hidden|lead led|learn learnt|lend lent|mean meant
seek sought|shake shook shaken|shine shone|sink sank sunk|sweep swept|tear tore torn|deal dealt|dig dug|feed fed|lie lay lain|lay laid|light lit
hang hung|spread spread|strike struck|swear swore sworn|dream dreamt|burn burnt|spell spelt|stick stuck|weave wove woven|bend bent
child children kid kids|person people|man men|woman women|foot feet|tooth teeth|mouse mice|life lives|wife wives|knife knives|half halves|leaf leaves
good better best|bad worse worst|mother mom mum mommy|father dad daddy|grandmother grandma granny|grandfather grandpa|bicycle bike|photograph photo pic pics picture
favourite favorite fav|family fam|business biz|competition comp|apartment apt|vacation vacay|information info|birthday bday|education edu
television tv|puppy pup|refrigerator fridge|telephone phone|examination exam|doctor doc|adopt adoption|colour color|neighbour neighbor`;
