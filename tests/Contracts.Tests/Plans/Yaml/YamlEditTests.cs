using FsCheck.Xunit;

namespace Actors.Contracts.Plans.Tests;

public class YamlEditTests
{
    [Theory]
    [InlineData("a:\n  b:\n    c: auto  # why\n", "a:\n  b:\n    c: 5  # why\n")]
    [InlineData("a: {b: {c: \"auto\", d: 1}}\n", "a: {b: {c: 5, d: 1}}\n")]
    [InlineData("a:\r\n  b:\r\n    # note\r\n    c: auto\r\n", "a:\r\n  b:\r\n    # note\r\n    c: 5\r\n")]
    [InlineData("a:\n  b:\n    # note\n    d: 1\n", "a:\n  b:\n    # note\n    c: 5\n    d: 1\n")]
    [InlineData("a:\n  d: 1\n", "a:\n  b:\n    c: 5\n  d: 1\n")]
    [InlineData("a:\n  b:  # none yet\nd: 1\n", "a:\n  b: {c: 5}  # none yet\nd: 1\n")]
    [InlineData("a: ~\n", "a: {b: {c: 5}}\n")]
    [InlineData("a: {b: {}}\n", "a: {b: {c: 5}}\n")]
    [InlineData("d: 1", "d: 1\na:\n  b:\n    c: 5\n")]
    [InlineData("x: &x auto\na: {b: {c: *x}}\n", "x: &x auto\na: {b: {c: 5}}\n")]
    [InlineData("é: \"😀\"\na: {b: {c: auto}}\n", "é: \"😀\"\na: {b: {c: 5}}\n")]
    public void Set_ChangesOneValueAndNothingElse(string text, string expected) => Assert.Equal(expected, YamlEdit.Set(text, ["a", "b", "c"], "5"));

    [Theory]
    [InlineData("a: 1\n")]
    [InlineData("- a\n")]
    [InlineData("a: {b: {c: [1]\n")]
    [InlineData("x: &x {b: {c: 1}}\na: *x\n")]
    public void Set_WhatCannotBeEditedSafely_IsNull(string text) => Assert.Null(YamlEdit.Set(text, ["a", "b", "c"], "5"));

    [Theory]
    [InlineData("x: &x [one]\na: *x\n")]
    [InlineData("x: &x []\na: *x\n")]
    [InlineData("a: one\n")]
    public void Append_ToWhatCannotBeEditedSafely_IsNull(string text) => Assert.Null(YamlEdit.Append(text, "a", "5"));

    [Property]
    public bool SetAndAppend_AnyDamage_ChangeOneValueOrNothing(int at, string text)
    {
        const string Valid = "# top\na: {b: {c: auto}}\nd:\n  - one # first\n";
        var damaged = Valid.Insert((int)((uint)at % Valid.Length), text ?? "");
        var edited = YamlEdit.Set(damaged, ["a", "b", "c"], "5");
        var longer = YamlEdit.Append(damaged, "d", "two");
        return (edited is null || YamlEdit.Set(edited, ["a", "b", "c"], "5") == edited) && longer != damaged;
    }
}
