namespace Actors.Contracts.OpenFl.Tests;

/// <summary>What the library itself prints for a text that it has read.</summary>
public sealed class PythonYamlTests
{
    [Theory]
    [InlineData("a: \"12\"", "a: '12'\n")]
    [InlineData("a: !!str 5", "a: '5'\n")]
    [InlineData("a: \"yes\"", "a: 'yes'\n")]
    [InlineData("a: \"2020-01-01\"", "a: '2020-01-01'\n")]
    [InlineData("a: \"x: y\"", "a: 'x: y'\n")]
    [InlineData("a: \"x #y\"", "a: 'x #y'\n")]
    [InlineData("a: \"\"", "a: ''\n")]
    [InlineData("a: it's", "a: it's\n")]
    [InlineData("a: é", "a: \"\\xE9\"\n")]
    [InlineData("a: \"tab\\there\"", "a: \"tab\\there\"\n")]
    [InlineData("a: \"one\\ntwo\"", "a: 'one\n\n  two'\n")]
    public void Write_Text_IsQuotedAsFarAsItMustBe(string yaml, string expected) => Assert.Equal(expected, Printed(yaml));

    [Theory]
    [InlineData("a: yes", "a: true\n")]
    [InlineData("a: Off", "a: false\n")]
    [InlineData("a: ~", "a: null\n")]
    [InlineData("a:", "a: null\n")]
    [InlineData("a: 010", "a: 8\n")]
    [InlineData("a: 0x1F", "a: 31\n")]
    [InlineData("a: 1_000", "a: 1000\n")]
    [InlineData("a: 1:30", "a: 90\n")]
    [InlineData("a: 123456789012345678901234567890", "a: 123456789012345678901234567890\n")]
    [InlineData("a: 0.00001", "a: 1.0e-05\n")]
    [InlineData("a: 1e-5", "a: 1e-5\n")]
    [InlineData("a: 1.0e+16", "a: 1.0e+16\n")]
    [InlineData("a: 1000000000000000.0", "a: 1000000000000000.0\n")]
    [InlineData("a: 1.0e+23", "a: 1.0e+23\n")]
    [InlineData("a: -0.0", "a: -0.0\n")]
    [InlineData("a: .INF", "a: .inf\n")]
    [InlineData("a: 2020-01-01", "a: 2020-01-01\n")]
    public void Write_Scalar_IsWhatVersion11MakesOfIt(string yaml, string expected) => Assert.Equal(expected, Printed(yaml));

    [Theory]
    [InlineData("a: [[1, [2]], {b: c}]", "a:\n- - 1\n  - - 2\n- b: c\n")]
    [InlineData("a: {}\nb: []", "a: {}\nb: []\n")]
    [InlineData("b: 1\nA: 2\na: 3", "A: 2\na: 3\nb: 1\n")]
    [InlineData("2: a\n10: b\n1: c", "1: c\n2: a\n10: b\n")]
    [InlineData("b: x\n1: y", "b: x\n1: y\n")]
    [InlineData("a: &x [1]\nb: *x", "a: &id001\n- 1\nb: *id001\n")]
    [InlineData("a: {<<: {b: 1, c: 2}, b: 3}", "a:\n  b: 3\n  c: 2\n")]
    public void Write_Collection_IsSortedBlocks(string yaml, string expected) => Assert.Equal(expected, Printed(yaml));

    [Theory]
    [InlineData("a: 190:20:30", "a: 685230\n")]
    [InlineData("a: -1:30", "a: -90\n")]
    [InlineData("a: 1:30.5", "a: 90.5\n")]
    [InlineData("a: \"0o17\"", "a: 0o17\n")]
    [InlineData("a: 08", "a: 08\n")]
    [InlineData("a: .5", "a: 0.5\n")]
    [InlineData("a: 1.e+3", "a: 1000.0\n")]
    [InlineData("a: \"1_000\"", "a: '1_000'\n")]
    [InlineData("a: \"=\"", "a: '='\n")]
    [InlineData("a: \"<<\"", "a: '<<'\n")]
    [InlineData("a: \" a\"", "a: ' a'\n")]
    [InlineData("a: \"a\\n\"", "a: 'a\n\n  '\n")]
    [InlineData("a: \"\\U0001F600\"", "a: \"\\U0001F600\"\n")]
    [InlineData("a: \"C:\\\\x\"", "a: C:\\x\n")]
    [InlineData("a: !!str yes", "a: 'yes'\n")]
    [InlineData("a: |\n  x\n  y\n", "a: 'x\n\n  y\n\n  '\n")]
    [InlineData("a: >-\n  x\n  y\n", "a: x y\n")]
    [InlineData("a: {b: , c: }", "a:\n  b: null\n  c: null\n")]
    [InlineData("a: 1\na: 2", "a: 2\n")]
    [InlineData("yes: 1", "true: 1\n")]
    [InlineData("? a\n: 1", "a: 1\n")]
    [InlineData("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2", "a:\n  b: 1\nc:\n  b: 1\n  d: 2\n")]
    public void Write_OfWhatPlansRarelyHold_IsTheSameToo(string yaml, string expected) => Assert.Equal(expected, Printed(yaml));

    [Theory]
    [InlineData("", "a: {0} {0} {0} {0}\n  {1}\n")]
    [InlineData("'", "a: '''{0} {0} {0} {0}\n  {1}'\n")]
    public void Write_LongText_GoesOnInANewLineAfterEightyColumns(string first, string expected)
    {
        const string Word = "wordswordswordswords";

        var printed = PythonYamlWriter.Write(PythonYamlReader.Read($"a: \"{first}{Word} {Word} {Word} {Word} end\""));

        Assert.Equal(string.Format(null, expected, Word, "end"), printed);
    }

    [Theory]
    [InlineData("a: [")]
    [InlineData("a: *b")]
    [InlineData("a: 2020-01-01 10:00:00")]
    [InlineData("a: !!python/object:x {}")]
    public void Read_WhatNoPlanHolds_IsAFormatException(string yaml) => Assert.Throws<FormatException>(() => PythonYamlReader.Read(yaml));

    private static string Printed(string yaml) => PythonYamlWriter.Write(PythonYamlReader.Read(yaml));
}
