using Touchstage.Safety.Policies.Suggestions;

namespace Touchstage.Safety.Tests.Policies.Suggestions;

public sealed class ManifestPatchTests
{
    private const string Manifest = """
        capability: pay
        policy:
          # the first
          - allow: args.a
            because: x

        # about approval
        approval:
          summary: Pay
        tests:
          - name: one

        """;

    [Fact]
    public void An_item_stands_behind_the_last_of_its_list_and_comments_stay_with_what_they_are_about()
    {
        var patch = ManifestPatch.Of(Manifest)!;

        patch.TryAppend("policy", ["forbid: 'b'", "because: y"]).ShouldBeTrue();
        patch.TryAppend("tests", ["name: two"]).ShouldBeTrue();

        patch.Text.ShouldBe(Manifest.Replace("    because: x\n", "    because: x\n  - forbid: 'b'\n    because: y\n", StringComparison.Ordinal).Replace("  - name: one\n", "  - name: one\n  - name: two\n", StringComparison.Ordinal));
    }

    [Fact]
    public void The_diff_says_where_in_the_old_and_in_the_new_file()
    {
        var patch = ManifestPatch.Of("a: 1\nb: 1\nc: 1\nd: 1\npolicy:\n- x\ne: 1\nf: 1\ng: 1\nh: 1\n")!;
        patch.TryAppend("policy", ["y"]).ShouldBeTrue();

        patch.Diff("m.yaml").ShouldBe("diff --git a/m.yaml b/m.yaml\n--- a/m.yaml\n+++ b/m.yaml\n@@ -4,6 +4,7 @@\n d: 1\n policy:\n - x\n+- y\n e: 1\n f: 1\n g: 1\n");
    }

    [Fact]
    public void A_list_that_is_not_there_is_added_at_the_end()
    {
        var patch = ManifestPatch.Of("capability: pay\n")!;

        patch.TryAppend("tests", ["name: two"]).ShouldBeTrue();

        patch.Text.ShouldBe("capability: pay\ntests:\n  - name: two\n");
    }

    [Theory]
    [InlineData("policy: []\n")]
    [InlineData("policy: [{ allow: true }]\n")]
    [InlineData("policy:\n  [{ allow: true }]\n")]
    public void A_list_that_is_written_in_another_way_is_left_alone(string text) => ManifestPatch.Of(text)!.TryAppend("policy", ["allow: 'a'"]).ShouldBeFalse();

    [Fact]
    public void Line_endings_are_kept_and_a_last_line_without_one_is_not_guessed_at()
    {
        var patch = ManifestPatch.Of("policy:\r\n  - x\r\n")!;
        patch.TryAppend("policy", ["y"]).ShouldBeTrue();

        patch.Text.ShouldBe("policy:\r\n  - x\r\n  - y\r\n");
        ManifestPatch.Of("policy:\n  - x").ShouldBeNull();
    }
}
