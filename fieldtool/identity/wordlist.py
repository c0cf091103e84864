"""The 256 words that fingerprints are read aloud with; a word's place is its byte, so the list never changes."""

# Chosen so that no two share their first three letters or sound alike over a poor line (tests/unit/identity/test_fingerprints.py).
_LIST = """
acorn acrobat airport album almond alphabet anchor animal arctic armchair athlete atlas avenue avocado balcony bamboo banana
bathtub beaver bedroom beetle bicycle binder birthday biscuit blanket blossom bonfire bracelet bridge bucket buffalo bulldozer
button cabin cactus carpet castle cheese cinema circus clarinet clover coffee copper cousin cradle cricket crystal cupboard
curtain cylinder daughter dentist desert diamond diploma dolphin domino donkey doorway dragon dream eagle earring echo eclipse
elbow elephant emerald engine equator eraser evening eyebrow fabric factory family farmer feather festival fiddle fireplace
fisherman forest fossil fountain freezer furniture galaxy giraffe glacier gondola gorilla grape guitar hedgehog helmet history
holiday horizon hospital house hundred iceberg infant insect island ivory jaguar jasmine jewel journal juggler kangaroo kennel
ketchup kidney kingdom kitchen koala ladder lagoon lantern lavender lemon leopard library lifeboat lighthouse lilac lizard lobster
locker longboat lotus lullaby machine magnet mammoth mango marble mascot meadow mercury meteor microphone midnight mineral mirror
mitten mosaic muffin mustard mystery napkin necklace newspaper nickel notebook novel nutmeg oasis ocean office olive onion opera
orange orbit orchard ostrich oxygen palace pancake passport pavement peacock pebble pencil perfume petrol pharmacy pigeon pillow
pineapple pizza popcorn potato powder pudding purple pyramid quarter quilt rabbit railway raspberry raven razor recipe reindeer
restaurant ribbon rugby runner safari sailor salad sandal saxophone scorpion shoulder signal silver slipper spider squirrel
stadium student submarine sugar suitcase sweater swimmer syrup tapestry telescope temple tennis thunder tiger tornado tractor
trumpet tulip umbrella unicorn veranda village vinegar violin visitor vitamin volcano voyage waffle walnut warehouse whisper
wildcat window woodpecker writer zebra zigzag
"""
WORDS: tuple[str, ...] = tuple(_LIST.split())
