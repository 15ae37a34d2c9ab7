namespace Touchstage.Mcp.Demo;

/// <summary>What a person needs to play on by hand while the demo stays up.</summary>
internal sealed class HowToConnect(Teller teller, DemoParts parts, string step)
{
    public void Tell()
    {
        var mcp = new Uri(parts.ServerAddress, "/mcp").ToString();
        teller.Heading("Your turn");
        teller.Paragraph("The product and the server stay up until you press Ctrl+C. These keys end with them.", "");
        teller.Blank();
        teller.Verbatim(
            $"""
            server          {mcp}
            product         {parts.StorefrontAddress}
            acme's agent    {parts.Sessions.AcmeAgent}
            acme's approver {parts.Sessions.AcmeApprover}
            globex's agent  {parts.Sessions.GlobexAgent}
            """);
        teller.Blank();
        teller.Paragraph("In an editor or another MCP client (mcp.json):", "");
        teller.Verbatim(
            $$"""
            {
              "servers": {
                "acme-agent": {
                  "type": "http",
                  "url": "{{mcp}}",
                  "headers": {
                    "Authorization": "Bearer {{parts.Sessions.AcmeAgent}}"
                  }
                },
                "acme-approver": {
                  "type": "http",
                  "url": "{{mcp}}",
                  "headers": {
                    "Authorization": "Bearer {{parts.Sessions.AcmeApprover}}"
                  }
                }
              }
            }
            """);
        teller.Blank();
        teller.Paragraph("On the command line, as the operator and as the approver (in a checkout: dotnet run --project src/Touchstage.Mcp -- VERB):", "");
        teller.Verbatim(
            $"""
            export TOUCHSTAGE_DATA={parts.Folder.Data}
            touchstage ledger verify
            touchstage replay {step} --tenant acme
            export TOUCHSTAGE_SESSION={parts.Sessions.AcmeApprover}
            touchstage approvals list
            touchstage inbox open --url {parts.ServerAddress.GetLeftPart(UriPartial.Authority)}   # the same in a browser
            """);
        teller.Blank();
    }
}
