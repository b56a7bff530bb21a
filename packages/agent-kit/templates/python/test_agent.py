import unittest

from clean import brief_from, cleaned, iso_date


class Cleaning(unittest.TestCase):
    def test_a_table_is_cleaned_by_its_requirements(self):
        source = "name;email;since\nBea;BEA@x.example;3.2.2025\n Ada ;ada@x.example;Jan 5, 2024\nada;ADA@x.example;\nCy;-;2024-01-01\n"
        brief = brief_from({
            "columns": ["email", "name", "since"],
            "unique_by": ["email"],
            "not_blank": ["email"],
            "date_column": "since",
            "sort_by": "name",
        })
        text, notes = cleaned(source, brief)
        self.assertEqual(text, "email,name,since\nada@x.example,Ada,2024-01-05\nbea@x.example,Bea,2025-02-03\n")
        self.assertEqual(notes[0], "4 rows became 2.")

    def test_what_is_no_date_stays_as_it_is(self):
        self.assertEqual([iso_date(value) for value in ("31.02.2025", "soon")], ["31.02.2025", "soon"])

    def test_requirements_that_make_no_sense_ask_for_nothing(self):
        text, _ = cleaned("a\n1\n", brief_from({"columns": 7, "unique_by": [None], "sort_by": {}}))
        self.assertEqual(text, "a\n1\n")


if __name__ == "__main__":
    unittest.main()
