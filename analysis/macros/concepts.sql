-- Which concepts of seeds/concepts.csv count as what, said once for all models.
-- noqa: disable=LT02

-- By which a text names Azerbaijan, a place in it or its people: no flag without one.
create macro text.naming_concepts() as ['target_az', 'place_az', 'address_az'];

-- By which a text or a passage may be about Azerbaijan, so that it is given a vector.
create macro text.az_concepts() as
    list_append(text.naming_concepts(), 'sovereignty');
