"""Words to find one's ballot by, drawn by lot for whoever does not want to think of any."""

import secrets

_WORDS = (
    "acorn amber anchor apron arrow atlas autumn badger bamboo barley basket beacon beaver "
    "birch biscuit blanket blossom bottle branch breeze bridge brook bucket butter button cabin "
    "cactus camel candle canoe canyon carpet carrot castle cedar cellar chalk cherry chestnut "
    "cinder circle clover cobble comet copper coral cotton crane cricket crystal cushion daisy "
    "desert dolphin donkey dragon drum eagle easel ember falcon feather fennel fern ferry "
    "fiddle flint forest fossil fountain fox galaxy garden garlic ginger glacier goblet granite "
    "grape hammer harbor harvest hazel hedge heron hollow honey island ivory ivy jacket jasmine "
    "jungle kettle ladder lagoon lantern laurel lemon lilac linen lizard lobster locket magnet "
    "maple marble meadow melon meteor mint mirror mosaic moss mountain museum mustard napkin "
    "nectar needle nutmeg oak oasis olive onion opal orbit orchard otter owl oyster paddle "
    "palace panther paper parrot pasture peach pebble pelican pencil pepper pigeon pillow pine "
    "planet plum pocket pony poplar poppy prairie pumpkin quartz quill rabbit radish raven reef "
    "ribbon river robin rocket rose saddle saffron salmon sandal sapphire scarf shadow shell "
    "silver sparrow spruce squirrel stable starling statue stone summit sunset swallow teapot "
    "temple thimble thistle thunder tiger timber tulip tunnel turtle umbrella valley velvet "
    "village violet violin walnut walrus whistle willow window winter wolf yarrow zebra"
)


def suggested_words() -> str:
    """Three words: among some millions, two voters hardly ever get the same."""
    return " ".join(secrets.choice(_WORDS.split()) for _ in range(3))
