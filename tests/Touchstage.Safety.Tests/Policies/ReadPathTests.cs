using Touchstage.Safety.Policies;

namespace Touchstage.Safety.Tests.Policies;

public sealed class ReadPathTests
{
    [Theory]
    [InlineData("/note", "args.note", true)]
    [InlineData("/note", "args", true)]
    [InlineData("/note", "args.note.inner", true)]
    [InlineData("/card-note", "args.`card-note`", true)]
    [InlineData("/card.note", "args.`card.note`", true)]
    [InlineData("/a~1b~0c", "args.`a/b~c`", true)]
    [InlineData("/items/*/note", "args.items", true)]
    [InlineData("/note", "args.notes", false)]
    [InlineData("/note", "args.amount", false)]
    [InlineData("/card-note", "args.card", false)]
    [InlineData("/note", "facts.note", false)]
    [InlineData("/note", "has(args.note)", false)]
    public void Overlaps_WhateverTheSpelling_IsSegmentBySegment(string pointer, string read, bool expected) =>
        ReadPath.Overlaps(ReadPath.OfPointer("args", pointer), read).ShouldBe(expected);
}
